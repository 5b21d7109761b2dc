import type { BodyInfo } from "../../../ipc";

const ENDINGS: Record<string, string> = {
  json: "json",
  ndjson: "ndjson",
  xml: "xml",
  html: "html",
  csv: "csv",
  text: "txt",
};

/** A file name to suggest for a body. */
export function fileName({ language, contentType }: Pick<BodyInfo, "language" | "contentType">): string {
  const subtype = /^image\/([a-z0-9]+)/.exec(contentType.toLowerCase())?.[1];
  return `response.${ENDINGS[language] ?? (subtype === "jpeg" ? "jpg" : (subtype ?? "bin"))}`;
}

import { type Scheme, schemeOfFile } from "../../auth/blank";
import { m } from "../../messages";

/** A scheme as people say it. */
export const schemeTitle = (scheme: Scheme): string =>
  scheme === "other" ? m.auth.other(scheme) : m.auth.schemes[scheme];

/** A scheme by the name it has in files, as people say it. */
export function schemeName(name: string): string {
  const scheme = schemeOfFile(name);
  return scheme ? schemeTitle(scheme) : name;
}

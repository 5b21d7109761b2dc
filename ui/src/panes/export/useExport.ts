import { useEffect, useState } from "react";
import { asCommandError, backend, type CommandError, type Exported, type ExportFormat } from "../../ipc";
import { m } from "../../messages";
import { useLayout } from "../../stores/layout";
import { pickPath } from "../../stores/picking";
import { useWorkspace } from "../../stores/workspace";

const words = m.exporting;

/** One export as it is being said: the format, its environments, and where to. */
export function useExport(paths: readonly string[], what: string) {
  const [formats, setFormats] = useState<readonly ExportFormat[] | null>(null);
  const last = useLayout((s) => s.exportFormat);
  const format = formats?.find((each) => each.id === last) ?? formats?.[0] ?? null;
  const known = (useWorkspace((s) => s.workspace?.environments) ?? []).map((each) => each.name);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = known.filter((name) => !left.has(name));
  const [to, setTo] = useState("");
  const [isTried, setTried] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [done, setDone] = useState<Exported | null>(null);
  const fail = (thrown: unknown) => setFailed(asCommandError(thrown));
  useEffect(() => {
    backend()
      .call("exportFormats", {})
      .then(setFormats, (thrown) => setFailed(asCommandError(thrown)));
  }, []);

  const choose = (next: ExportFormat) => {
    useLayout.setState({ exportFormat: next.id });
    setFailed(null);
    if (format) setTo(renamed(to, format, next));
  };
  const browse = async () => {
    if (!format) return;
    const path = format.folder
      ? await pickPath("folder", words.pickFolder)
      : await pickPath("save", words.pickFile, `${fileName(what)}.${format.fileExtension}`);
    if (path) setTo(path);
  };
  const write = async () => {
    setTried(true);
    if (!format || to.trim() === "") return;
    setWriting(true);
    setFailed(null);
    try {
      const args = { paths: [...paths], format: format.id, environments: [...chosen], to: to.trim() };
      setDone(await backend().call("export", args));
    } catch (thrown) {
      fail(thrown);
    }
    setWriting(false);
  };
  return {
    formats,
    format,
    choose,
    environments: known,
    chosen,
    isIncluded: (name: string) => !left.has(name),
    include: (name: string, on: boolean) =>
      setLeft((now) => new Set(on ? [...now].filter((each) => each !== name) : [...now, name])),
    to,
    setTo,
    isPathMissing: isTried && to.trim() === "",
    browse: () => void browse().catch(fail),
    isWriting,
    write: () => void write(),
    failed,
    done,
    again: () => setDone(null),
  };
}

export type Exporting = ReturnType<typeof useExport>;

/** A file name from what is exported. */
const fileName = (what: string) =>
  what
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "") || "export";

/** The path with the extension of another format, which would mislead; none where one is a folder. */
function renamed(path: string, from: ExportFormat, to: ExportFormat): string {
  if (from.folder && to.folder) return path;
  if (from.folder || to.folder) return "";
  return path.endsWith(`.${from.fileExtension}`)
    ? `${path.slice(0, -from.fileExtension.length)}${to.fileExtension}`
    : path;
}

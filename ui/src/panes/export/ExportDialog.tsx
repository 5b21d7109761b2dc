import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { ProgressLine, Spinner } from "../../components/Progress";
import { TextField } from "../../components/TextField";
import { asCommandError, backend, type CommandError, type Exported, type ExportFormat } from "../../ipc";
import { m } from "../../messages";
import { useLayout } from "../../stores/layout";
import { pickPath } from "../../stores/picking";
import { useTransfer } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";
import { bytes } from "../response/figures";
import { Done } from "./Done";
import { ExportLines } from "./ExportLines";
import "./export.css";
import { useExportPreview } from "./useExportPreview";

const words = m.exporting;

/** What is exported, in words. */
function useWhat(paths: readonly string[]): string {
  const workspace = useWorkspace((s) => s.workspace);
  const [only] = paths;
  if (only === "" || only === undefined) return words.all(workspace?.name ?? "");
  if (paths.length > 1) return words.items(paths.length);
  return workspace?.nodes.find((node) => node.path === only)?.name ?? only;
}

/** Takes items out as files of other tools. */
export default function ExportDialog({ paths }: { paths: readonly string[] }) {
  const what = useWhat(paths);
  const [formats, setFormats] = useState<readonly ExportFormat[] | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const last = useLayout((s) => s.exportFormat);
  const format = formats?.find((each) => each.id === last) ?? formats?.[0];
  const known = (useWorkspace((s) => s.workspace?.environments) ?? []).map((each) => each.name);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [to, setTo] = useState("");
  const [isTried, setTried] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const [done, setDone] = useState<Exported | null>(null);
  const { preview, problem, again } = useExportPreview(paths, format?.id ?? null);
  useEffect(() => {
    backend()
      .call("exportFormats", {})
      .then(setFormats, (thrown) => setFailed(asCommandError(thrown)));
  }, []);
  const close = () => {
    if (!isWriting) useTransfer.setState({ exporting: null });
  };
  const choose = (id: string) => {
    useLayout.setState({ exportFormat: id });
    setFailed(null);
    // A path with the extension of another format would mislead.
    const next = formats?.find((each) => each.id === id);
    if (next && format && (next.folder !== format.folder || next.fileExtension !== format.fileExtension))
      setTo(renamed(to, format, next));
  };
  const browse = async () => {
    if (!format) return;
    try {
      const path = format.folder
        ? await pickPath("folder", words.pickFolder)
        : await pickPath("save", words.pickFile, `${fileName(what)}.${format.fileExtension}`);
      if (path) setTo(path);
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
  };
  const write = async () => {
    setTried(true);
    if (!format || to.trim() === "") return;
    setWriting(true);
    setFailed(null);
    try {
      const environments = known.filter((name) => !left.has(name));
      const args = { paths: [...paths], format: format.id, environments, to: to.trim() };
      setDone(await backend().call("export", args));
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
    setWriting(false);
  };
  return (
    <Dialog
      title={words.title(what)}
      open
      large
      alert={isWriting}
      onClose={close}
      actions={
        done ? (
          <>
            <Button onPress={() => setDone(null)}>{words.another}</Button>
            <Button kind="primary" autoFocus onPress={close}>
              {m.common.close}
            </Button>
          </>
        ) : (
          <>
            <Button disabled={isWriting} onPress={close}>
              {m.common.cancel}
            </Button>
            <Button
              kind="primary"
              disabled={isWriting || !format || problem !== null}
              onPress={() => void write()}
            >
              {words.go}
            </Button>
          </>
        )
      }
    >
      {isWriting ? <ProgressLine label={words.writing} /> : null}
      {done ? (
        <Done exported={done} />
      ) : formats === null ? (
        failed ? (
          <ErrorNote message={failed.message} hint={failed.hint} />
        ) : (
          <div className="export-wait">
            <Spinner label={m.common.loading} />
          </div>
        )
      ) : formats.length === 0 ? (
        <EmptyState title={words.noFormats} />
      ) : (
        <div className="dialog-pair">
          <nav className="dialog-side" aria-label={words.formats}>
            <div className="dialog-list">
              {formats.map(({ id, name, fileExtension, folder }) => (
                <button
                  key={id}
                  type="button"
                  className="dialog-line"
                  aria-current={id === format?.id}
                  onClick={() => choose(id)}
                >
                  <span>{name}</span>
                  <small>{folder ? "/" : `.${fileExtension}`}</small>
                </button>
              ))}
            </div>
          </nav>
          <div className="export-main">
            <div className="export-top">
              {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
              {known.length > 0 ? (
                <section aria-label={words.environments}>
                  <h3 className="export-part">{words.environments}</h3>
                  <div className="export-environments">
                    {known.map((name) => (
                      <Checkbox
                        key={name}
                        labelled
                        label={name}
                        checked={!left.has(name)}
                        onChange={(on) =>
                          setLeft(new Set(on ? [...left].filter((each) => each !== name) : [...left, name]))
                        }
                      />
                    ))}
                  </div>
                  <p className="form-hint">{words.environmentsHint}</p>
                </section>
              ) : null}
            </div>
            <section className="export-lines" aria-label={words.lines}>
              {problem ? (
                <ErrorNote message={problem.message} hint={problem.hint}>
                  <Button onPress={again}>{m.common.retry}</Button>
                </ErrorNote>
              ) : preview ? (
                <ExportLines
                  title={preview.lines.length > 0 ? words.lines : words.whole}
                  aside={words.figures(preview.files, bytes(preview.bytes))}
                  lines={preview.lines}
                />
              ) : (
                <div className="export-wait">
                  <Spinner label={words.looking} />
                </div>
              )}
            </section>
            <div className="export-target">
              <TextField
                labelled
                mono
                label={words.file}
                placeholder={format?.folder ? words.folderPath : words.filePath(format?.fileExtension ?? "")}
                value={to}
                error={isTried && to.trim() === "" ? words.needsPath : null}
                onChange={setTo}
                onEnter={() => void write()}
              />
              <Button onPress={() => void browse()}>{words.browse}</Button>
            </div>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** A file name from what is exported. */
const fileName = (what: string) =>
  what
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "") || "export";

/** The path with the extension of another format; none where one is a folder. */
function renamed(path: string, from: ExportFormat, to: ExportFormat): string {
  if (from.folder || to.folder) return "";
  return path.endsWith(`.${from.fileExtension}`)
    ? `${path.slice(0, -from.fileExtension.length)}${to.fileExtension}`
    : path;
}

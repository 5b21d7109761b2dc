import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { ProgressLine, Spinner } from "../../components/Progress";
import { m } from "../../messages";
import { useTransfer } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";
import { Done } from "./Done";
import { ExportForm } from "./ExportForm";
import "./export.css";
import { FormatList } from "./FormatList";
import { type Exporting, useExport } from "./useExport";
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
  const exporting = useExport(paths, what);
  const { formats, format, failed, done, isWriting } = exporting;
  const previewing = useExportPreview(paths, format?.id ?? null, exporting.chosen);
  const close = () => {
    if (!isWriting) useTransfer.setState({ exporting: null });
  };
  return (
    <Dialog
      title={words.title(what)}
      open
      large
      alert={isWriting}
      onClose={close}
      actions={
        <Actions exporting={exporting} canWrite={format !== null && !previewing.problem} onClose={close} />
      }
    >
      {isWriting ? <ProgressLine label={words.writing} /> : null}
      {done ? (
        <Done exported={done} />
      ) : formats?.length ? (
        <div className="dialog-pair">
          <FormatList exporting={exporting} />
          <ExportForm exporting={exporting} previewing={previewing} />
        </div>
      ) : formats ? (
        <EmptyState title={words.noFormats} />
      ) : failed ? (
        <ErrorNote message={failed.message} hint={failed.hint} />
      ) : (
        <div className="export-wait">
          <Spinner label={m.common.loading} />
        </div>
      )}
    </Dialog>
  );
}

interface ActionsProps {
  exporting: Exporting;
  canWrite: boolean;
  onClose(): void;
}

function Actions({ exporting, canWrite, onClose }: ActionsProps) {
  if (exporting.done)
    return (
      <>
        <Button onPress={exporting.again}>{words.another}</Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {m.common.close}
        </Button>
      </>
    );
  return (
    <>
      <Button disabled={exporting.isWriting} onPress={onClose}>
        {m.common.cancel}
      </Button>
      <Button kind="primary" disabled={exporting.isWriting || !canWrite} onPress={exporting.write}>
        {words.go}
      </Button>
    </>
  );
}

import { ErrorNote } from "../../components/ErrorNote";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { ProgressLine } from "../../components/Progress";
import { m } from "../../messages";
import { whole } from "../response/figures";
import type { HistoryExport } from "./useHistoryExport";

/** How far an export of history is, or what came of it. */
export function ExportNote({ state, failed, stop, close }: HistoryExport) {
  const words = m.history;
  if (failed) return <ErrorNote message={failed.message} hint={failed.hint} />;
  if (state.at === "idle") return null;
  if (state.at === "done") {
    const { entries, bodiesLeftOut } = state.exported;
    return (
      <p className="history-told" role="status">
        <span>
          {words.exported(entries, state.path)}
          {bodiesLeftOut > 0 ? ` ${words.bodiesLeftOut(bodiesLeftOut)}` : null}
        </span>
        <IconButton label={m.common.close} icon={X} small onPress={close} />
      </p>
    );
  }
  const { progress } = state;
  return (
    <>
      <ProgressLine
        label={words.exportStarts}
        fraction={progress && progress.of > 0 ? progress.done / progress.of : null}
      />
      <p className="history-told">
        <span>
          {progress ? words.exporting(whole(progress.done), whole(progress.of)) : words.exportStarts}
        </span>
        <IconButton label={words.exportStop} icon={X} small onPress={stop} />
      </p>
    </>
  );
}

import { useEffect, useRef, useState } from "react";
import {
  asCommandError,
  backend,
  type CommandError,
  type HistoryExported,
  type HistoryProgress,
} from "../../ipc";
import { m } from "../../messages";
import { historyWanted, useHistory } from "../../stores/history";
import { pickPath } from "../../stores/picking";

/** Which part of history is exported. */
export type Part = "selected" | "found" | "all";

export type ExportState =
  | { at: "idle" }
  | { at: "writing"; id: string; progress: HistoryProgress | null }
  | { at: "done"; exported: HistoryExported; path: string };

let count = 0;

/** Writes a part of history to a file that is asked for. */
export function useHistoryExport() {
  const [state, setState] = useState<ExportState>({ at: "idle" });
  const [failed, setFailed] = useState<CommandError | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const write = async (part: Part) => {
    setFailed(null);
    const { selected } = useHistory.getState();
    const args = {
      id: `history-export-${++count}`,
      ids: part === "selected" ? [...selected] : null,
      // Without a limit: all of it, not a page.
      search: historyWanted(part === "all", null, 0),
    };
    try {
      const path = await pickPath("save", m.history.exportTitle, "history.har");
      if (path === null) return;
      setState({ at: "writing", id: args.id, progress: null });
      const exported = await backend().stream("exportHistory", { ...args, to: path }, (progress) => {
        if (!isGone.current) setState({ at: "writing", id: args.id, progress });
      });
      setState({ at: "done", exported, path });
    } catch (thrown) {
      const error = asCommandError(thrown);
      setState({ at: "idle" });
      // Who stopped it knows.
      if (error.code !== "cancelled") setFailed(error);
    }
  };
  return {
    state,
    failed,
    write: (part: Part) => void write(part),
    stop: () => {
      if (state.at === "writing") void backend().call("cancel", { exchange: state.id });
    },
    close: () => setState({ at: "idle" }),
  };
}

export type HistoryExport = ReturnType<typeof useHistoryExport>;

import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { IconButton } from "../../components/IconButton";
import { Ellipsis, X } from "../../components/icons";
import { Menu, type MenuEntry } from "../../components/Menu";
import { SearchField } from "../../components/TextField";
import { asCommandError, type CommandError } from "../../ipc";
import { m } from "../../messages";
import {
  changeFilter,
  deleteEntries,
  NO_FILTER,
  newestHistory,
  pruneHistory,
  resetHistory,
  searchHistory,
  useHistory,
} from "../../stores/history";
import { onWorkspaceEvent, useWorkspace } from "../../stores/workspace";
import { whole } from "../response/figures";
import { ExportNote } from "./ExportNote";
import { Filters, filtersOn } from "./Filters";
import { HistoryList } from "./HistoryList";
import { useHistoryExport } from "./useHistoryExport";
import "./history.css";

type Question = "delete" | "clear" | null;

/** What was sent: searched, filtered, opened, deleted. */
export function HistoryPane() {
  const { filter, entries, read, error, selected, told } = useHistory();
  const workspace = useWorkspace((s) => s.workspace?.id);
  const [question, setQuestion] = useState<Question>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const exporting = useHistoryExport();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another workspace has another history.
  useEffect(() => {
    if (useHistory.getState().read) void newestHistory();
    else void searchHistory();
    const undo = onWorkspaceEvent((event) => event.type === "history" && void newestHistory());
    return () => void undo();
  }, [workspace]);
  const run = (work: Promise<void>) => {
    setFailed(null);
    setQuestion(null);
    work.catch((thrown) => setFailed(asCommandError(thrown)));
  };
  const words = m.history;
  const isFiltered = filter.words.trim() !== "" || filtersOn(filter) > 0;
  const isExporting = exporting.state.at === "writing";
  const entriesOfMenu: MenuEntry[] = [
    {
      id: "delete",
      title: words.deleteSelected(Math.max(1, selected.size)),
      disabled: selected.size === 0,
      danger: true,
      run: () => setQuestion("delete"),
    },
    "-",
    {
      id: "export-selected",
      title: words.exportSelected(Math.max(1, selected.size)),
      disabled: selected.size === 0 || isExporting,
      run: () => exporting.write("selected"),
    },
    {
      id: "export-found",
      title: words.exportFound,
      disabled: !isFiltered || entries.length === 0 || isExporting,
      run: () => exporting.write("found"),
    },
    {
      id: "export-all",
      title: words.exportAll,
      disabled: isExporting || (entries.length === 0 && !isFiltered),
      run: () => exporting.write("all"),
    },
    "-",
    { id: "prune", title: words.prune, run: () => run(pruneHistory(false)) },
    { id: "clear", title: words.clear, danger: true, run: () => setQuestion("clear") },
  ];
  return (
    <div className="side">
      <div className="side-head">
        <h2 className="side-title">{words.title}</h2>
        <Menu label={words.manage} entries={entriesOfMenu}>
          <IconButton label={words.manage} icon={Ellipsis} />
        </Menu>
      </div>
      <div className="side-filter history-search">
        <SearchField
          label={words.search}
          placeholder={words.search}
          value={filter.words}
          onChange={(typed) => changeFilter({ words: typed })}
        />
        <Filters />
      </div>
      {error ? (
        <ErrorNote message={error.message} hint={error.hint}>
          <Button onPress={() => void searchHistory()}>{m.common.retry}</Button>
        </ErrorNote>
      ) : null}
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      <ExportNote {...exporting} />
      {told ? (
        <p className="history-told" role="status">
          <span>{words.deleted(told.deleted, whole(told.left))}</span>
          <IconButton
            label={m.common.close}
            icon={X}
            small
            onPress={() => useHistory.setState({ told: null })}
          />
        </p>
      ) : null}
      <div className="side-list">
        {entries.length > 0 || !read ? (
          <HistoryList onDelete={() => setQuestion("delete")} />
        ) : error ? null : isFiltered ? (
          <EmptyState title={words.nothing} hint={words.nothingHint}>
            <Button onPress={() => changeFilter(NO_FILTER)}>{words.clearFilters}</Button>
          </EmptyState>
        ) : (
          <EmptyState title={words.empty} hint={words.emptyHint} />
        )}
      </div>
      <Ask
        question={question}
        count={selected.size}
        onNo={() => setQuestion(null)}
        onYes={() => run(question === "clear" ? pruneHistory(true) : deleteEntries([...selected]))}
      />
    </div>
  );
}

/** Another workspace begins with nothing shown. */
useWorkspace.subscribe((now, before) => {
  if (now.workspace?.id !== before.workspace?.id) resetHistory();
});

interface AskProps {
  question: Question;
  count: number;
  onYes(): void;
  onNo(): void;
}

function Ask({ question, count, onYes, onNo }: AskProps) {
  const words = m.history;
  const isClear = question === "clear";
  return (
    <Dialog
      title={isClear ? words.clearTitle : words.deleteTitle(count)}
      open={question !== null}
      onClose={onNo}
      alert
      actions={
        <>
          <Button onPress={onNo}>{m.common.cancel}</Button>
          <Button kind="danger" onPress={onYes}>
            {isClear ? words.clearYes : words.deleteYes}
          </Button>
        </>
      }
    >
      <p>{isClear ? words.clearText : words.deleteText}</p>
    </Dialog>
  );
}

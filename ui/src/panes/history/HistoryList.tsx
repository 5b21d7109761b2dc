import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from "react";
import { MethodTag } from "../../components/MethodTag";
import { Spinner } from "../../components/Progress";
import { statusTone } from "../../components/StatusBadge";
import type { HistoryEntry } from "../../ipc";
import { m } from "../../messages";
import { moreHistory, openEntry, useHistory } from "../../stores/history";
import { bytes, duration } from "../response/figures";
import { byDay, timeOf } from "./days";

const HEADING = 28;
const ENTRY = 46;
/** Older ones are asked for this many lines before the end is in sight. */
const AHEAD = 30;

/** The entries, newest first, under their days. Older ones are read on the way down. */
export function HistoryList({ onDelete }: { onDelete(): void }) {
  // The virtualiser hands out one object that changes inside: the compiler must not remember it.
  "use no memo";
  const { entries, open, selected, loading, next } = useHistory();
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => byDay(entries, new Date()), [entries]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => ("day" in (lines[at] ?? {}) ? HEADING : ENTRY),
    getItemKey: (at) => {
      const line = lines[at];
      return line && "entry" in line ? line.entry.id : `day-${line?.day ?? at}`;
    },
    overscan: 6,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (next !== null && !loading && lastShown >= lines.length - AHEAD) void moreHistory();
  }, [next, loading, lastShown, lines.length]);

  const at = entries.findIndex((entry) => entry.id === open);
  const go = (to: number, extend: boolean) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, to))];
    if (!entry) return;
    pick(entry.id, extend ? "range" : "one");
    virtual.scrollToIndex(
      lines.findIndex((line) => "entry" in line && line.entry.id === entry.id),
      { align: "auto" },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 600) / ENTRY) - 1);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (to !== undefined) go(to, event.shiftKey);
    else if (event.key === "Delete" && selected.size > 0) onDelete();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className="history-box"
      tabIndex={0}
      aria-label={m.history.title}
      role="group"
      onKeyDown={onKeyDown}
    >
      <div
        role="list"
        aria-label={m.history.title}
        className="history-list"
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          return "day" in line ? (
            <h3 key={item.key} className="history-day" style={{ top: item.start }}>
              {line.day}
            </h3>
          ) : (
            <EntryLine
              key={item.key}
              entry={line.entry}
              top={item.start}
              isOpen={line.entry.id === open}
              isSelected={selected.has(line.entry.id)}
            />
          );
        })}
      </div>
      {loading ? (
        <div className="history-more">
          <Spinner label={m.history.loading} />
        </div>
      ) : null}
    </div>
  );
}

/** Chooses an entry: alone, as well as others, or with all from the one that is shown. */
function pick(id: string, how: "one" | "toggle" | "range"): void {
  const { entries, open, selected } = useHistory.getState();
  const next = new Set(how === "one" ? [] : selected);
  if (how === "toggle" && next.has(id)) next.delete(id);
  else next.add(id);
  if (how === "range") {
    const ends = [entries.findIndex((e) => e.id === open), entries.findIndex((e) => e.id === id)];
    for (const entry of entries.slice(Math.max(0, Math.min(...ends)), Math.max(...ends) + 1))
      next.add(entry.id);
  }
  useHistory.setState({ selected: next });
  if (how !== "toggle") void openEntry(id);
}

interface EntryLineProps {
  entry: HistoryEntry;
  top: number;
  isOpen: boolean;
  isSelected: boolean;
}

/** How an exchange ended, short. */
export function endWords(entry: Pick<HistoryEntry, "status" | "state">): string {
  if (entry.status !== null) return String(entry.status);
  return entry.state === "cancelled" ? m.history.cancelledState : m.history.failedState;
}

function EntryLine({ entry, top, isOpen, isSelected }: EntryLineProps) {
  const { method, name, url, status, durationUs, size, at, state } = entry;
  const title = name || url;
  const end = endWords(entry);
  const onClick = (event: MouseEvent) =>
    pick(entry.id, event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : "one");
  return (
    <div
      role="listitem"
      className="history-line"
      style={{ top }}
      aria-label={`${method} ${title}, ${end}, ${timeOf(at)}`}
      aria-current={isOpen || undefined}
      data-selected={isSelected || undefined}
      onClick={onClick}
      title={entry.error ?? url}
    >
      <MethodTag method={method} />
      <span className="history-row">
        <span className="history-title">{title}</span>
        <span
          className="history-end"
          data-tone={status === null || state !== "complete" ? "danger" : statusTone(status)}
        >
          {end}
        </span>
      </span>
      <span />
      <span className="history-row history-small">
        <span className="history-title">{entry.host || url}</span>
        <span>
          {timeOf(at)} · {duration(durationUs)} · {bytes(size)}
        </span>
      </span>
    </div>
  );
}

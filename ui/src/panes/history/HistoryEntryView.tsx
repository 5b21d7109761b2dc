import { useState } from "react";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { MethodTag } from "../../components/MethodTag";
import { Split } from "../../components/Splitter";
import { asCommandError, type CommandError, type HistoryDetail } from "../../ipc";
import { m } from "../../messages";
import { openFromHistory, sendFromHistory, useHistory } from "../../stores/history";
import { useLayout } from "../../stores/layout";
import { ask } from "../../stores/questions";
import { openUnsaved } from "../../stores/saving";
import { useSettings } from "../../stores/settings";
import { ExchangeParts } from "../response/ExchangeParts";
import "../response/ResponsePane.css";
import { timeOf } from "./days";
import { RequestWritten } from "./RequestWritten";
import { Series } from "./Series";

/** The entry that was picked: the request as it was written, the answer as it came. */
export function HistoryEntryView() {
  const { open, detail, detailError } = useHistory();
  const layout = useLayout();
  const stacked = useSettings((s) => s.layout) === "stacked";
  if (open === null) return <EmptyState title={m.history.pick} hint={m.history.pickHint} />;
  if (detailError) return <ErrorNote message={detailError.message} hint={detailError.hint} />;
  if (!detail) return null;
  return (
    <section aria-label={m.history.entry} className="entry" data-old={detail.entry.id !== open || undefined}>
      <EntryBar detail={detail} />
      <Split
        label={m.app.resizeResponse}
        direction={stacked ? "column" : "row"}
        unit="fraction"
        size={stacked ? layout.stacked : layout.side}
        initial={stacked ? 0.5 : 0.455}
        onResize={(size) => useLayout.setState(stacked ? { stacked: size } : { side: size })}
        first={
          <div className="entry-request">
            <RequestWritten request={detail.request} />
            <Series points={detail.series} current={detail.entry.id} />
          </div>
        }
        second={
          <section aria-label={m.response.region} className="response">
            <ExchangeParts key={detail.entry.id} exchange={detail.exchange} isPast />
          </section>
        }
      />
    </section>
  );
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

function EntryBar({ detail }: { detail: HistoryDetail }) {
  const [failed, setFailed] = useState<CommandError | null>(null);
  const { entry, request, path } = detail;
  const run = (work: Promise<unknown>) => {
    setFailed(null);
    work.catch((thrown) => setFailed(asCommandError(thrown)));
  };
  const saveAs = () => {
    useLayout.setState({ place: "collections" });
    ask({ kind: "save", tab: openUnsaved(request), close: false });
  };
  return (
    <>
      <div className="entry-bar">
        <button
          type="button"
          className="entry-what"
          title={entry.url}
          onClick={() => run(openFromHistory(request, path))}
        >
          <MethodTag method={entry.method} loose />
          <span className="mono">{entry.url}</span>
        </button>
        <span className="entry-when">
          {day.format(new Date(entry.at))}, {timeOf(entry.at)}
          {entry.environment ? ` ${m.history.sentIn(entry.environment)}` : ""}
        </span>
        <Button onPress={saveAs}>{m.history.saveAs}</Button>
        <Button kind="primary" onPress={() => run(sendFromHistory(detail))}>
          {m.history.sendAgain}
        </Button>
      </div>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
    </>
  );
}

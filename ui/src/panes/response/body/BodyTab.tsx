import { useRef, useState } from "react";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorNote } from "../../../components/ErrorNote";
import { ProgressLine } from "../../../components/Progress";
import { RowViewer, type RowViewerHandle } from "../../../components/rows/RowViewer";
import type { BodyInfo, ViewKind } from "../../../ipc";
import { m } from "../../../messages";
import { useCommands } from "../../../stores/commands";
import { whole } from "../figures";
import "./body.css";
import { BodyTools } from "./BodyTools";
import { FindBar } from "./FindBar";
import { Preview } from "./Preview";
import { useBodyView } from "./useBodyView";
import { filterLanguages, useFilter } from "./useFilter";
import { type FindOptions, NO_FIND, useFind } from "./useFind";
import { useWrap } from "./useWrap";

/** The body of a response: seen, filtered, searched, copied, saved. */
export function BodyTab({ body }: { body: BodyInfo }) {
  const [wanted, setKind] = useState<ViewKind | null>(null);
  const kind = wanted && body.views.includes(wanted) ? wanted : (body.views[0] ?? "raw");
  const languages = kind === "pretty" ? filterLanguages(body.language) : [];
  const filter = useFilter(languages);
  const [finding, setFinding] = useState<FindOptions | null>(null);
  const viewer = useRef<RowViewerHandle | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isRows = kind !== "preview";
  const pane = useRef<HTMLDivElement>(null);
  const wrap = useWrap(pane);
  const view = useBodyView(
    body.id,
    body.contentType,
    isRows ? kind : "raw",
    languages.length > 0 ? filter.filter : null,
    wrap,
  );
  const find = useFind(view, isRows ? finding : null, viewer);
  const openFind = () => {
    setFinding((now) => now ?? NO_FIND);
    field.current?.select();
  };
  useCommands(isRows ? { find: openFind } : {});
  const closeFind = () => {
    setFinding(null);
    viewer.current?.focus();
  };
  const { progress } = view;
  const problem = isRows ? (languages.length > 0 && filter.filter ? null : view.error) : null;
  return (
    // F3 goes on with a search from anywhere in the body.
    <div
      className="body"
      onKeyDown={(event) => {
        if (event.key !== "F3" || !finding) return;
        event.preventDefault();
        void find.step(event.shiftKey ? -1 : 1);
      }}
    >
      <BodyTools
        body={body}
        view={view}
        kind={kind}
        onKind={setKind}
        languages={languages}
        filter={filter}
        onFind={openFind}
      />
      {finding && isRows ? (
        <FindBar options={finding} onChange={setFinding} find={find} onClose={closeFind} fieldRef={field} />
      ) : null}
      {problem ? <ErrorNote message={problem.message} hint={problem.hint} /> : null}
      {isRows && progress?.problem ? (
        <p className="body-problem" role="status" data-selectable>
          {progress.problem}
        </p>
      ) : null}
      <div className="body-content" ref={pane}>
        {progress && !progress.done && isRows ? (
          <ProgressLine label={m.response.view.building(whole(progress.rows))} fraction={progress.fraction} />
        ) : null}
        {!isRows ? (
          <Preview body={body} />
        ) : view.source && progress?.done && progress.rows === 0 && filter.filter ? (
          <EmptyState title={m.response.filter.nothing} hint={m.response.filter.nothingHint} />
        ) : view.source ? (
          <RowViewer
            key={kind}
            label={m.response.body}
            source={view.source}
            onFold={(row, close) => void view.fold(row, close).catch(() => undefined)}
            foldLabel={m.response.fold}
            current={find.hit}
            handle={viewer}
          />
        ) : null}
      </div>
    </div>
  );
}

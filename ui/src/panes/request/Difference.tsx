import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Spinner } from "../../components/Progress";
import { asCommandError, backend, type CommandError, type DiffLine } from "../../ipc";
import { m } from "../../messages";
import { useDrafts } from "../../stores/drafts";
import { ask } from "../../stores/questions";
import { keepMine, takeTheirs } from "../../stores/saving";
import { useTabs } from "../../stores/tabs";
import "./dialogs.css";

const SIGN = { both: " ", mine: "+", theirs: "-" } as const;

/** My version and the file's, line by line, and the choice between them. */
export default function Difference({ tab }: { tab: string }) {
  const [lines, setLines] = useState<readonly DiffLine[] | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  useEffect(() => {
    const path = useTabs.getState().tabs.find((each) => each.id === tab)?.path;
    const request = useDrafts.getState()[tab]?.request;
    if (!path || !request) return;
    void backend()
      .call("compareRequest", { path, request })
      .then((told) => setLines(told.lines))
      .catch((thrown) => setFailed(asCommandError(thrown)));
  }, [tab]);
  const choose = (take: () => void) => () => {
    ask(null);
    take();
  };
  return (
    <Dialog
      title={m.request.difference.title}
      open
      wide
      onClose={() => ask(null)}
      actions={
        <>
          <Button onPress={() => ask(null)}>{m.common.cancel}</Button>
          <Button onPress={choose(() => takeTheirs(tab))}>{m.request.notes.theirs}</Button>
          <Button kind="primary" onPress={choose(() => void keepMine(tab))}>
            {m.request.notes.mine}
          </Button>
        </>
      }
    >
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      {lines === null && !failed ? <Spinner label={m.common.loading} /> : null}
      {lines?.every((line) => line.side === "both") ? <p>{m.request.difference.same}</p> : null}
      {lines ? (
        <>
          <p className="diff-legend">{m.request.difference.legend}</p>
          <ol
            // biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit
            role="list"
            className="diff mono"
            aria-label={m.request.difference.lines}
            tabIndex={0}
            data-selectable
          >
            {lines.map((line, at) => (
              <li key={at} className="diff-line" data-side={line.side}>
                <span className="diff-sign" aria-hidden>
                  {SIGN[line.side]}
                </span>
                {line.side === "both" ? null : (
                  <span className="visually-hidden">{m.request.difference[line.side]}: </span>
                )}
                <span className="diff-text">{line.text}</span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </Dialog>
  );
}

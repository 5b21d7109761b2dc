import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Switch } from "../../components/Checkbox";
import { CodeEditor } from "../../components/CodeEditor";
import { CopyButton } from "../../components/CopyButton";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { languageNamed } from "../../components/editor/languages";
import { ProgressLine, Spinner } from "../../components/Progress";
import { asCommandError, backend, type CodeTarget, type CommandError } from "../../ipc";
import { m } from "../../messages";
import { useLayout } from "../../stores/layout";
import { type CodeAsk, useTransfer } from "../../stores/transfer";
import "./code.css";
import { TargetList } from "./TargetList";
import { titleOf } from "./targets";
import { useCode } from "./useCode";

const words = m.code;
/** What is shown to somebody who chose nothing yet. */
const FIRST = "curl";

/** A request as source code, in the language and library one likes. */
export default function CodeDialog({ ask }: { ask: CodeAsk }) {
  const [targets, setTargets] = useState<readonly CodeTarget[] | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [resolve, setResolve] = useState(false);
  const last = useLayout((s) => s.codeTarget);
  const known = (id: string) => targets?.find((each) => each.id === id);
  const target = known(last) ?? known(FIRST) ?? targets?.[0] ?? null;
  const { code, problem, isWriting, again } = useCode(ask, target?.id ?? null, resolve);
  useEffect(() => {
    backend()
      .call("codeTargets", {})
      .then(setTargets, (thrown) => setFailed(asCommandError(thrown)));
  }, []);
  const close = () => useTransfer.setState({ coding: null });
  return (
    <Dialog
      title={words.title}
      open
      large
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{m.common.close}</Button>
          {code ? (
            <CopyButton kind="primary" label={words.copyCode} text={() => code.text}>
              {words.copy}
            </CopyButton>
          ) : null}
        </>
      }
    >
      {failed ? (
        <ErrorNote message={failed.message} hint={failed.hint} />
      ) : targets === null ? (
        <div className="code-wait">
          <Spinner label={m.common.loading} />
        </div>
      ) : !target ? (
        <EmptyState title={words.none} />
      ) : (
        <div className="dialog-pair">
          <div className="dialog-side">
            <TargetList
              targets={targets}
              selected={target.id}
              onSelect={(id) => useLayout.setState({ codeTarget: id })}
            />
          </div>
          <div className="code-main">
            {isWriting ? <ProgressLine label={words.writing} /> : null}
            <div className="code-tools">
              <span className="code-target">{titleOf(target)}</span>
              <Switch label={words.resolve} checked={resolve} onChange={setResolve} />
              <small className="form-hint">{words.resolveHint}</small>
            </div>
            {problem ? (
              <ErrorNote message={problem.message} hint={problem.hint}>
                <Button onPress={again}>{m.common.retry}</Button>
              </ErrorNote>
            ) : null}
            <div className="code-text" data-old={isWriting || undefined}>
              {code ? (
                <CodeEditor
                  readOnly
                  lint={false}
                  label={words.text(titleOf(target))}
                  language={languageNamed(target.syntax)}
                  value={code.text.replace(/\n$/, "")}
                />
              ) : null}
            </div>
            {code && code.notes.length > 0 ? (
              <ul className="code-notes" aria-label={words.notes} data-selectable>
                {code.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            ) : null}
          </div>
        </div>
      )}
    </Dialog>
  );
}

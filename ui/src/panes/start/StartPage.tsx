import { useState } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { ProgressLine } from "../../components/Progress";
import { TextField } from "../../components/TextField";
import { asCommandError, type WireError } from "../../ipc";
import { m } from "../../messages";
import { askToImport } from "../../stores/transfer";
import { forgetWorkspace, openWorkspace, useWorkspace } from "../../stores/workspace";
import { askToCreate, pickAndOpen } from "./opening";
import "./StartPage.css";

type Problem = Pick<WireError, "message" | "hint"> & { code?: string };

/** A window without a workspace: open one, make one, or start with the example. */
export function StartPage() {
  const recent = useWorkspace((s) => s.recent);
  const bootProblem = useWorkspace((s) => s.error);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [path, setPath] = useState("");
  const openTyped = () => {
    if (path.trim() !== "") void attempt(() => openWorkspace(path.trim()));
  };
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailed(null);
    await work().catch((thrown) => setFailed(asCommandError(thrown)));
    setBusy(false);
  };
  const problem = failed ?? bootProblem;
  return (
    <main className="start" aria-label={m.start.title}>
      {busy ? <ProgressLine label={m.common.loading} /> : null}
      <div className="start-page">
        <h1 className="start-title">{m.start.title}</h1>
        <p className="start-hint">{m.start.hint}</p>
        {problem ? (
          <ErrorNote message={problem.message} hint={problem.hint}>
            {problem.code === "not-a-workspace" && path.trim() !== "" ? (
              <Button onPress={() => askToCreate(false, path.trim())}>{m.start.createHere}</Button>
            ) : null}
          </ErrorNote>
        ) : null}
        <div className="start-actions">
          <Button kind="primary" disabled={busy} onPress={() => askToCreate(true)}>
            {m.start.example}
          </Button>
          <Button disabled={busy} onPress={() => void attempt(pickAndOpen)}>
            {m.start.open}
          </Button>
          <Button disabled={busy} onPress={() => askToCreate(false)}>
            {m.start.create}
          </Button>
          <Button disabled={busy} onPress={() => askToImport({ fresh: true })}>
            {m.importing.fresh}
          </Button>
        </div>
        <p className="start-hint">{m.start.exampleHint}</p>
        <div className="start-path">
          <TextField
            mono
            label={m.start.path}
            placeholder={m.start.pathHint}
            value={path}
            onChange={setPath}
            onEnter={openTyped}
          />
          <Button disabled={busy || path.trim() === ""} onPress={openTyped}>
            {m.start.openPath}
          </Button>
        </div>
        {recent.length > 0 ? (
          <section aria-label={m.start.recent}>
            <h2 className="start-part">{m.start.recent}</h2>
            <ul className="start-list">
              {recent.map(({ path, name, exists }) => (
                <li key={path} className="start-line">
                  <button
                    type="button"
                    className="start-recent"
                    disabled={busy || !exists}
                    onClick={() => void attempt(() => openWorkspace(path))}
                  >
                    <span>{name}</span>
                    <small className="mono">{exists ? path : `${path}, ${m.start.missing}`}</small>
                  </button>
                  <IconButton
                    label={m.start.forget(name)}
                    icon={X}
                    small
                    onPress={() => void attempt(() => forgetWorkspace(path))}
                  />
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </main>
  );
}

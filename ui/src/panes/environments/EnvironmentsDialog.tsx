import { type KeyboardEvent, useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Plus } from "../../components/icons";
import { UndoBar } from "../../components/UndoBar";
import { m } from "../../messages";
import {
  createEnvironment,
  followEnvironments,
  saveEnvironment,
  showEnvironment,
  undoDeleteEnvironment,
  useEnvironments,
} from "../../stores/environments";
import { useWorkspace } from "../../stores/workspace";
import { ApprovalsNote } from "./ApprovalsNote";
import { EnvironmentEditor } from "./EnvironmentEditor";
import { EnvironmentLiterals } from "./EnvironmentLiterals";
import "./environments.css";
import { KeychainNote } from "./KeychainNote";
import { SharingDialog } from "./SharingDialog";

/** All environments of the workspace, and one of them to edit. */
export default function EnvironmentsDialog({ onClose }: { onClose(): void }) {
  const environments = useWorkspace((s) => s.workspace?.environments) ?? [];
  const chosen = useWorkspace((s) => s.workspace?.environment) ?? null;
  const { shown, edited, failed, deleted } = useEnvironments();
  const [sharing, setSharing] = useState(false);
  useEffect(() => {
    const { shown } = useEnvironments.getState();
    const names = (useWorkspace.getState().workspace?.environments ?? []).map((each) => each.name);
    const first = [shown, useWorkspace.getState().workspace?.environment, ...names];
    void showEnvironment(first.find((name) => name && names.includes(name)) ?? null);
    return followEnvironments();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || !shown) return;
    event.preventDefault();
    void saveEnvironment(shown);
  };
  const summary = environments.find((each) => each.name === shown);
  return (
    <Dialog title={m.environments.title} open large onClose={onClose} actions={<Actions onClose={onClose} />}>
      <div className="dialog-pair" onKeyDown={onKeyDown}>
        <nav className="dialog-side" aria-label={m.environments.list}>
          <div className="dialog-list">
            {environments.map(({ name, color }) => (
              <button
                key={name}
                type="button"
                className="dialog-line"
                aria-current={name === shown}
                onClick={() => void showEnvironment(name)}
              >
                <span className="top-dot" style={color ? { background: color } : undefined} aria-hidden />
                <span>{name}</span>
                {edited[name]?.unsaved ? <small>{m.environments.unsaved}</small> : null}
                {name === chosen ? <small>{m.environments.inUse}</small> : null}
              </button>
            ))}
          </div>
          {deleted ? (
            <UndoBar
              text={m.environments.deleted(deleted.name)}
              onUndo={() => void undoDeleteEnvironment()}
              onClose={() => useEnvironments.setState({ deleted: null })}
            />
          ) : null}
          <div className="dialog-tools">
            <Button kind="quiet" onPress={() => void createEnvironment(null)}>
              <Plus size={13} aria-hidden />
              {m.environments.new}
            </Button>
            <Button kind="quiet" onPress={() => setSharing(true)}>
              {m.sharing.button}
            </Button>
          </div>
        </nav>
        <div className="dialog-main">
          <div className="environment">
            <KeychainNote />
            <ApprovalsNote />
            {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
            {summary?.error ? (
              <ErrorNote
                message={summary.error.message}
                hint={summary.error.hint ?? m.collections.brokenHint}
                where={summary.error.where?.file}
              />
            ) : null}
            {shown && edited[shown] ? (
              <EnvironmentEditor key={shown} name={shown} edited={edited[shown]} />
            ) : null}
            {environments.length === 0 ? (
              <EmptyState title={m.environments.none} hint={m.environments.noneHint}>
                <Button onPress={() => void createEnvironment(null)}>{m.environments.new}</Button>
              </EmptyState>
            ) : null}
          </div>
        </div>
      </div>
      <EnvironmentLiterals />
      {sharing ? <SharingDialog onClose={() => setSharing(false)} /> : null}
    </Dialog>
  );
}

function Actions({ onClose }: { onClose(): void }) {
  const shown = useEnvironments((s) => s.shown);
  const unsaved = useEnvironments((s) => (shown ? s.edited[shown]?.unsaved : false));
  return (
    <>
      <Button onPress={onClose}>{m.common.close}</Button>
      <Button kind="primary" disabled={!unsaved} onPress={() => shown && void saveEnvironment(shown)}>
        {m.environments.save}
      </Button>
    </>
  );
}

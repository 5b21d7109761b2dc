import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError, type CommandError } from "../../ipc";
import { m } from "../../messages";
import { approveCommand } from "../../stores/approvals";

const words = m.sources;

/** Asks whether a command may run on this machine for the secret it writes. */
export function ApproveDialog({ command, onClose }: { command: string; onClose(): void }) {
  const [failed, setFailed] = useState<CommandError | null>(null);
  const approve = () =>
    approveCommand(command, true).then(onClose, (thrown) => setFailed(asCommandError(thrown)));
  return (
    <Dialog
      title={words.approveTitle}
      open
      alert
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {words.approveNo}
          </Button>
          <Button kind="primary" onPress={() => void approve()}>
            {words.approveYes}
          </Button>
        </>
      }
    >
      <div className="source">
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        <p>{words.approveText}</p>
        <pre className="mono source-command" data-selectable>
          {command}
        </pre>
        <p className="form-hint">{words.approveHint}</p>
      </div>
    </Dialog>
  );
}

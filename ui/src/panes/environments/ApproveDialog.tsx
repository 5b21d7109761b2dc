import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError, type CommandError } from "../../ipc";
import { m } from "../../messages";
import { approve, askForApproval, notNow, useApprovals } from "../../stores/approvals";
import "./environments.css";

const words = m.sources;

/** Asks whether a workspace may do on this machine what its secrets need. */
export function ApproveDialog() {
  const asking = useApprovals((s) => s.asking);
  return asking === null ? null : <Question key={asking} command={asking} />;
}

function Question({ command }: { command: string }) {
  const [failed, setFailed] = useState<CommandError | null>(null);
  const yes = () =>
    approve(command, true).then(
      () => askForApproval(),
      (thrown) => setFailed(asCommandError(thrown)),
    );
  const no = () => notNow(command);
  return (
    <Dialog
      title={words.approveTitle}
      open
      alert
      onClose={no}
      actions={
        <>
          <Button autoFocus onPress={no}>
            {words.approveNo}
          </Button>
          <Button kind="primary" onPress={() => void yes()}>
            {words.approveYes}
          </Button>
        </>
      }
    >
      <div className="source">
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        <p>{words.approveText}</p>
        <p className="mono source-command" data-selectable>
          {command}
        </p>
        <p className="form-hint">{words.approveHint}</p>
      </div>
    </Dialog>
  );
}

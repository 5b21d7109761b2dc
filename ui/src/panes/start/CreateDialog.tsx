import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Form } from "../../components/Form";
import { TextField } from "../../components/TextField";
import { asCommandError, type CommandError } from "../../ipc";
import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { createWorkspace } from "../../stores/workspace";
import { suggestedFolder } from "./opening";

interface CreateDialogProps {
  example: boolean;
  onClose(): void;
}

/** Name and folder of a workspace that is to be made; the path may be typed or picked. */
export default function CreateDialog({ example, onClose }: CreateDialogProps) {
  const [name, setName] = useState(example ? m.start.exampleName : "");
  const [folder, setFolder] = useState(suggestedFolder);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const browse = async () => {
    const title = example ? m.start.pickExample : m.start.pickCreate;
    const path = await pickPath("folder", title);
    if (!path) return;
    setFolder(path);
    if (name === "") setName(path.split(/[\\/]/).findLast((part) => part !== "") ?? "");
  };
  const make = async () => {
    setTried(true);
    if (name.trim() === "" || folder.trim() === "") return;
    setBusy(true);
    setFailed(null);
    try {
      await createWorkspace(folder.trim(), name.trim(), example);
      onClose();
    } catch (thrown) {
      setFailed(asCommandError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={example ? m.start.exampleTitle : m.start.createTitle}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onPress={() => void make()}>
            {m.start.make}
          </Button>
        </>
      }
    >
      <Form>
        {example ? <p className="form-hint">{m.start.exampleHint}</p> : null}
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        <TextField
          labelled
          autoFocus
          label={m.start.name}
          value={name}
          error={isTried && name.trim() === "" ? m.start.needsName : null}
          onChange={setName}
          onEnter={() => void make()}
        />
        <div className="form-row">
          <TextField
            labelled
            mono
            label={m.start.folder}
            placeholder={m.start.pathHint}
            value={folder}
            error={isTried && folder.trim() === "" ? m.start.needsFolder : null}
            onChange={setFolder}
            onEnter={() => void make()}
          />
          <Button onPress={() => void browse().catch((thrown) => setFailed(asCommandError(thrown)))}>
            {m.start.browse}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

import { useState } from "react";
import { replaceInRequest } from "../../auth/replace";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import { asCommandError, type CommandError, type LiteralFound, type Request } from "../../ipc";
import { m } from "../../messages";
import { editDraft, useDrafts } from "../../stores/drafts";
import { newLiterals } from "../../stores/literals";
import { notesOf } from "../../stores/notes";
import { ask } from "../../stores/questions";
import { createFile } from "../../stores/saving";
import { closeNow } from "../../stores/tabLife";
import { useWorkspace } from "../../stores/workspace";
import { LiteralsDialog } from "../auth/LiteralsDialog";
import "./dialogs.css";

/** React Aria keeps the empty string for "nothing chosen". */
const TOP = "/";

/** Name and folder of a request that has no file yet. */
export default function SaveDialog({ tab, close }: { tab: string; close: boolean }) {
  const folders = useWorkspace((s) => s.workspace?.nodes ?? []).filter((node) => node.kind === "folder");
  const [name, setName] = useState(() => useDrafts.getState()[tab]?.request.name ?? "");
  const [parent, setParent] = useState(() => {
    const was = notesOf(tab).gone?.split("/").slice(0, -1).join("/");
    return was && folders.some((folder) => folder.path === was) ? was : TOP;
  });
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [nameless, setNameless] = useState(false);
  const [busy, setBusy] = useState(false);
  const [literals, setLiterals] = useState<LiteralFound[] | null>(null);
  const save = async () => {
    if (name.trim() === "") return setNameless(true);
    const request = useDrafts.getState()[tab]?.request;
    if (!request) return;
    setBusy(true);
    setFailed(null);
    setLiterals(null);
    try {
      const found = await newLiterals({ request });
      if (found.length > 0) {
        setBusy(false);
        return setLiterals(found);
      }
      await createFile(tab, name.trim(), parent === TOP ? "" : parent);
      ask(null);
      if (close) closeNow(tab);
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
    setBusy(false);
  };
  const depth = (path: string) => path.split("/").length - 1;
  const options = [
    { id: TOP, title: m.request.saveDialog.top },
    ...folders.map((folder) => ({
      id: folder.path,
      title: `${"\u2003".repeat(depth(folder.path))}${folder.name}`,
    })),
  ];
  return (
    <Dialog
      title={m.request.saveDialog.title}
      open
      onClose={() => ask(null)}
      actions={
        <>
          <Button onPress={() => ask(null)}>{m.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onPress={() => void save()}>
            {m.request.saveDialog.save}
          </Button>
        </>
      }
    >
      <div className="ask">
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        <TextField
          label={m.request.saveDialog.name}
          labelled
          value={name}
          onChange={(typed) => {
            setName(typed);
            setNameless(false);
          }}
          error={nameless ? m.request.saveDialog.noName : null}
          autoFocus
          onEnter={() => void save()}
        />
        {literals ? (
          <Literals tab={tab} found={literals} onSave={save} onClose={() => setLiterals(null)} />
        ) : null}
        <div className="ask-field">
          <span className="field-label">{m.request.saveDialog.folder}</span>
          <Select
            label={m.request.saveDialog.folder}
            options={options}
            selected={parent}
            onSelect={setParent}
          />
        </div>
      </div>
    </Dialog>
  );
}

interface LiteralsProps {
  tab: string;
  found: LiteralFound[];
  onSave(): Promise<void>;
  onClose(): void;
}

function Literals({ tab, found, onSave, onClose }: LiteralsProps) {
  const request = useDrafts((s) => s[tab]?.request);
  if (!request) return null;
  const done = (changed: Request) => {
    editDraft(tab, changed);
    void onSave();
  };
  return (
    <LiteralsDialog<Request>
      inside={request}
      found={found}
      replace={replaceInRequest}
      onDone={done}
      onClose={onClose}
    />
  );
}

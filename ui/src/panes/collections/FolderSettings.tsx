import { useEffect, useRef, useState } from "react";
import { replaceInFolder } from "../../auth/replace";
import { Button } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Spinner } from "../../components/Progress";
import { Tabs } from "../../components/Tabs";
import { asCommandError, backend, type CommandError, type Folder, type LiteralFound } from "../../ipc";
import { m } from "../../messages";
import { folderChanged } from "../../stores/inherited";
import { newLiterals } from "../../stores/literals";
import { useOrganise } from "../../stores/organise";
import { useTransfer } from "../../stores/transfer";
import { variableChanges } from "../../stores/variables";
import { takeEvent, useWorkspace } from "../../stores/workspace";
import { LiteralsDialog } from "../auth/LiteralsDialog";
import { FolderPart } from "./FolderPart";
import { type Edited, edit, type FolderSection, edited as saved, withOwnVariables } from "./folderEdits";

/** Name, headers, variables, auth and docs of a folder or, with an empty path, of the collection. */
export default function FolderSettings({ path }: { path: string }) {
  const [edited, setEdited] = useState<Edited | null>(null);
  const [section, setSection] = useState<FolderSection>(useOrganise.getState().settingsPart ?? "general");
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [literals, setLiterals] = useState<LiteralFound[] | null>(null);
  const [busy, setBusy] = useState(false);
  const asRead = useRef<{ folder: Folder; changes: number } | null>(null);
  const read = async () => {
    setFailed(null);
    try {
      const { folder, revision } = await backend().call("readFolder", { path });
      asRead.current = { folder, changes: variableChanges() };
      setEdited(edit(folder, revision));
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: reads once for each folder
  useEffect(() => void read(), [path]);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const close = () => useOrganise.setState({ settingsOf: null, settingsPart: null });
  const isChanged = () =>
    edited !== null && JSON.stringify(saved(edited)) !== JSON.stringify(asRead.current?.folder);
  /** Goes on at once where nothing would be lost. */
  const leave = (go: () => void) => (isChanged() ? setLeaving(() => go) : go());
  const write = async (folder: Folder, force: boolean) => {
    let baseRevision = edited?.revision || null;
    let whole = folder;
    const was = asRead.current;
    if (was && was.changes !== variableChanges()) {
      // A secret kept meanwhile may have been declared in this very file.
      const now = await backend().call("readFolder", { path });
      const joined = withOwnVariables(folder, was.folder, now.folder);
      if (joined) {
        whole = joined;
        baseRevision = now.revision || null;
      }
    }
    await backend().call("saveFolder", { path, folder: whole, baseRevision, force });
    nameShown(path, folder.name);
    folderChanged(path);
    close();
  };
  const save = async (force: boolean, folder = edited && saved(edited)) => {
    if (!folder) return;
    setBusy(true);
    setFailed(null);
    setLiterals(null);
    try {
      const found = await newLiterals({ folder });
      if (found.length > 0) setLiterals(found);
      else await write(folder, force);
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
    setBusy(false);
  };
  const name = edited?.folder.name ?? path.split("/").at(-1) ?? "";
  const sections: FolderSection[] =
    path === ""
      ? ["general", "variables", "globals", "headers", "auth", "certificates", "docs"]
      : ["general", "variables", "headers", "auth", "docs"];
  const parts = m.collections.folder;
  return (
    <Dialog
      title={path === "" ? parts.collection(name) : parts.title(name)}
      open
      large
      onClose={() => leave(close)}
      actions={
        <>
          <Button onPress={close}>{m.common.cancel}</Button>
          <Button kind="primary" disabled={busy || !edited} onPress={() => void save(false)}>
            {m.collections.save}
          </Button>
        </>
      }
    >
      {failed ? (
        <Failure failed={failed} onMine={() => void save(true)} onTheirs={() => void read()} />
      ) : null}
      {edited ? (
        <Tabs<FolderSection>
          label={parts.sections}
          tabs={sections.map((id) => ({ id, title: parts[id], badge: badge(edited, id) }))}
          selected={section}
          onSelect={setSection}
        >
          <div className="dialog-main">
            <FolderPart
              path={path}
              edited={edited}
              section={section}
              onOrigin={(origin) =>
                leave(() => useOrganise.setState({ settingsOf: origin, settingsPart: "auth" }))
              }
              onCompare={() =>
                leave(() => {
                  close();
                  useTransfer.setState({ comparing: { folder: path, from: null } });
                })
              }
              onChange={(part) => setEdited({ ...edited, ...part })}
            />
          </div>
        </Tabs>
      ) : failed ? null : (
        <Spinner label={m.common.loading} />
      )}
      {leaving ? (
        <Confirm
          title={parts.dropTitle}
          text={parts.dropText(name)}
          yes={parts.drop}
          danger
          onYes={leaving}
          onClose={() => setLeaving(null)}
        />
      ) : null}
      {edited && literals ? (
        <LiteralsDialog<Folder>
          inside={saved(edited)}
          found={literals}
          replace={replaceInFolder}
          onDone={(folder) => {
            setEdited(edit(folder, edited.revision));
            void save(false, folder);
          }}
          onClose={() => setLiterals(null)}
        />
      ) : null}
    </Dialog>
  );
}

/** The tree shows the name at once; the watch does not tell of own saves. */
function nameShown(path: string, name: string): void {
  const { workspace } = useWorkspace.getState();
  if (!workspace) return;
  if (path === "") useWorkspace.setState({ workspace: { ...workspace, name } });
  else
    takeEvent({
      type: "tree",
      nodes: workspace.nodes.map((node) => (node.path === path ? { ...node, name } : node)),
    });
}

function badge(edited: Edited, section: FolderSection): number | string | null {
  if (section === "auth") return ["inherit", "none"].includes(edited.folder.defaults.auth.type) ? null : "•";
  if (section === "docs") return edited.folder.docs ? "•" : null;
  if (section === "certificates") return edited.folder.clientCertificates.length || null;
  return section === "general" ? null : edited[section].length || null;
}

function Failure(props: { failed: CommandError; onMine(): void; onTheirs(): void }) {
  const { code, message, hint } = props.failed;
  if (code !== "conflict") return <ErrorNote message={message} hint={hint} />;
  return (
    <ErrorNote message={m.collections.conflict} hint={m.collections.conflictHint}>
      <Button onPress={props.onTheirs}>{m.collections.theirs}</Button>
      <Button onPress={props.onMine}>{m.collections.mine}</Button>
    </ErrorNote>
  );
}

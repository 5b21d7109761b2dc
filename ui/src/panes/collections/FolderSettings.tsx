import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Form } from "../../components/Form";
import { Spinner } from "../../components/Progress";
import { Tabs } from "../../components/Tabs";
import { TextField } from "../../components/TextField";
import { KeyValueTable } from "../../components/table/KeyValueTable";
import { type KeyValueRow, newRow } from "../../components/table/rows";
import {
  asCommandError,
  backend,
  type CommandError,
  type Folder,
  type Header,
  type Variable,
} from "../../ipc";
import { m } from "../../messages";
import { useOrganise } from "../../stores/organise";
import { takeEvent, useWorkspace } from "../../stores/workspace";
import { AuthFields } from "./AuthFields";

type Section = "general" | "headers" | "variables" | "globals" | "auth" | "docs";
type VariableRow = KeyValueRow & Partial<Pick<Variable, "type" | "secret">>;

const variableRows = (list: readonly Variable[]): VariableRow[] => list.map((v) => ({ ...newRow(v), ...v }));
const headerRows = (list: readonly Header[]): KeyValueRow[] => list.map((each) => newRow(each));

const toVariables = (rows: readonly VariableRow[]): Variable[] =>
  rows.map(({ name, value, description, enabled, type = "string", secret = false }) => {
    return { name, value: secret ? "" : value, type, description, secret, enabled };
  });
const toHeaders = (rows: readonly KeyValueRow[]): Header[] =>
  rows.map(({ name, value, description, enabled }) => ({ name, value, description, enabled }));

interface Edited {
  folder: Folder;
  headers: KeyValueRow[];
  variables: VariableRow[];
  globals: VariableRow[];
  revision: string;
}

const edit = (folder: Folder, revision: string): Edited => ({
  folder,
  revision,
  headers: headerRows(folder.defaults.headers),
  variables: variableRows(folder.defaults.variables),
  globals: variableRows(folder.globals),
});

/** Name, headers, variables, auth and docs of a folder or, with an empty path, of the collection. */
export default function FolderSettings({ path }: { path: string }) {
  const [edited, setEdited] = useState<Edited | null>(null);
  const [section, setSection] = useState<Section>("general");
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [busy, setBusy] = useState(false);
  const read = async () => {
    setFailed(null);
    try {
      const { folder, revision } = await backend().call("readFolder", { path });
      setEdited(edit(folder, revision));
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: reads once for each folder
  useEffect(() => void read(), [path]);
  const close = () => useOrganise.setState({ settingsOf: null });
  const save = async (force: boolean) => {
    if (!edited) return;
    setBusy(true);
    setFailed(null);
    const { folder: was, headers, variables, globals, revision } = edited;
    const defaults = { ...was.defaults, headers: toHeaders(headers), variables: toVariables(variables) };
    const folder: Folder = { ...was, defaults, globals: toVariables(globals) };
    try {
      await backend().call("saveFolder", { path, folder, baseRevision: revision || null, force });
      nameShown(path, folder.name);
      close();
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
    setBusy(false);
  };
  const name = edited?.folder.name ?? path.split("/").at(-1) ?? "";
  const sections: Section[] = ["general", "variables", "headers", "auth", "docs"];
  if (path === "") sections.splice(2, 0, "globals");
  const parts = m.collections.folder;
  return (
    <Dialog
      title={path === "" ? parts.collection(name) : parts.title(name)}
      open
      large
      onClose={close}
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
        <Tabs<Section>
          label={parts.sections}
          tabs={sections.map((id) => ({ id, title: parts[id], badge: badge(edited, id) }))}
          selected={section}
          onSelect={setSection}
        >
          <div className="dialog-main">
            <Part edited={edited} section={section} onChange={(part) => setEdited({ ...edited, ...part })} />
          </div>
        </Tabs>
      ) : failed ? null : (
        <Spinner label={m.common.loading} />
      )}
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

function badge(edited: Edited, section: Section): number | string | null {
  if (section === "auth") return ["inherit", "none"].includes(edited.folder.defaults.auth.type) ? null : "•";
  if (section === "docs") return edited.folder.docs ? "•" : null;
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

interface PartProps {
  edited: Edited;
  section: Section;
  onChange(part: Partial<Edited>): void;
}

function Part({ edited, section, onChange }: PartProps): ReactNode {
  const { folder } = edited;
  const change = (part: Partial<Folder>) => onChange({ folder: { ...folder, ...part } });
  const words = m.collections.folder;
  switch (section) {
    case "general":
      return (
        <Form>
          <TextField labelled label={words.name} value={folder.name} onChange={(name) => change({ name })} />
          <TextField
            labelled
            label={words.description}
            value={folder.description}
            onChange={(description) => change({ description })}
          />
        </Form>
      );
    case "docs":
      return (
        <textarea
          className="form-area mono"
          aria-label={words.docs}
          value={folder.docs}
          onChange={(event) => change({ docs: event.currentTarget.value })}
        />
      );
    case "auth":
      return (
        <Form>
          <p className="form-hint">{words.authHint}</p>
          <AuthFields
            auth={folder.defaults.auth}
            onChange={(auth) => change({ defaults: { ...folder.defaults, auth } })}
          />
        </Form>
      );
    default:
      return (
        <Form>
          <p className="form-hint">{words[`${section}Hint`]}</p>
          <KeyValueTable
            key={section}
            label={words[section]}
            rows={edited[section]}
            onChange={(rows) => onChange({ [section]: rows })}
            renderValue={({ label, row, onChange: type, onPaste }) =>
              (row as VariableRow).secret ? (
                <span className="kv-fixed" title={words.secretHere}>
                  ••••••
                </span>
              ) : (
                <input
                  className="mono"
                  aria-label={label}
                  value={row.value}
                  spellCheck={false}
                  onPaste={onPaste}
                  onChange={(event) => type(event.currentTarget.value)}
                />
              )
            }
          />
        </Form>
      );
  }
}

import { type ReactNode, useEffect, useState } from "react";
import { schemeOfFile } from "../../auth/blank";
import { Button } from "../../components/Button";
import { Form } from "../../components/Form";
import { TextField } from "../../components/TextField";
import { KeyValueTable } from "../../components/table/KeyValueTable";
import { backend, type Folder, type InheritedAuth } from "../../ipc";
import { m } from "../../messages";
import { useVariablesAt } from "../../stores/variables";
import { AuthEditor } from "../auth/AuthEditor";
import { AuthExtras } from "../auth/AuthExtras";
import { CertificatesTable } from "../auth/CertificatesTable";
import { InheritedFrom } from "../auth/InheritedFrom";
import type { Edited, FolderSection, VariableRow } from "./folderEdits";

interface FolderPartProps {
  path: string;
  edited: Edited;
  section: FolderSection;
  onChange(part: Partial<Edited>): void;
  /** Goes to the settings that something is inherited from. */
  onOrigin(path: string): void;
  /** Goes to what the description of its API says otherwise. */
  onCompare(): void;
}

/** One part of a folder's settings. */
export function FolderPart({
  path,
  edited,
  section,
  onChange,
  onOrigin,
  onCompare,
}: FolderPartProps): ReactNode {
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
          <div className="form-row">
            <Button onPress={onCompare}>{m.describing.menu}</Button>
            <span className="form-hint">{m.describing.menuHint}</span>
          </div>
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
      return <AuthOfFolder path={path} folder={folder} onChange={change} onOrigin={onOrigin} />;
    case "certificates":
      return <CertificatesOfCollection folder={folder} onChange={change} />;
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

interface OwnPart {
  folder: Folder;
  onChange(part: Partial<Folder>): void;
}

/** What a folder gets from above where it says nothing itself; the collection gets nothing. */
function useInherited(path: string): InheritedAuth | null {
  const [inherited, setInherited] = useState<InheritedAuth | null>(null);
  useEffect(() => {
    let gone = false;
    if (path !== "")
      backend()
        .call("inherited", { path })
        .then(
          ({ auth }) => !gone && setInherited(auth),
          () => undefined,
        );
    return () => {
      gone = true;
    };
  }, [path]);
  return inherited;
}

interface AuthOfFolderProps extends OwnPart {
  path: string;
  onOrigin(path: string): void;
}

function AuthOfFolder({ path, folder, onChange, onOrigin }: AuthOfFolderProps) {
  const variables = useVariablesAt(path);
  const scope = { key: `folder ${path}`, path, request: null, variables };
  const { auth } = folder.defaults;
  const inherited = useInherited(path);
  const put = (to: typeof auth) => onChange({ defaults: { ...folder.defaults, auth: to } });
  return (
    <Form>
      <p className="form-hint">{m.collections.folder.authHint}</p>
      <AuthEditor
        auth={auth}
        onChange={put}
        scope={scope}
        inherits={
          inherited ? (
            <InheritedFrom inherited={inherited} onOpen={onOrigin} />
          ) : (
            <p className="auth-hint">{path === "" ? m.auth.inheritsAtTop : m.auth.inheritsNothingHere}</p>
          )
        }
      >
        <AuthExtras
          auth={auth}
          onChange={put}
          scope={scope}
          inherited={inherited ? schemeOfFile(inherited.scheme) : null}
          file={path}
        />
      </AuthEditor>
    </Form>
  );
}

function CertificatesOfCollection({ folder, onChange }: OwnPart) {
  const variables = useVariablesAt("");
  return (
    <CertificatesTable
      list={folder.clientCertificates}
      onChange={(clientCertificates) => onChange({ clientCertificates })}
      variables={variables}
    />
  );
}

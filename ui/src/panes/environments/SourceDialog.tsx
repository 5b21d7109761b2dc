import { useState } from "react";
import {
  isComplete,
  SOURCES,
  type SourceField,
  type SourceKind,
  sourceValue,
  withField,
} from "../../auth/sources";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Form, LabelledSelect } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { FolderOpen } from "../../components/icons";
import { TextField } from "../../components/TextField";
import type { SecretSource } from "../../ipc";
import { m } from "../../messages";
import { chooseFile } from "../request/chooseFile";

const words = m.sources;
const KINDS = Object.keys(SOURCES) as SourceKind[];

interface SourceDialogProps {
  name: string;
  source: SecretSource | null;
  /** Whether the keychain holds a value now. */
  isHeld: boolean;
  onUse(source: SecretSource | null): void;
  onClose(): void;
}

/** Where the value of a secret comes from. */
export function SourceDialog({ name, source, isHeld, onUse, onClose }: SourceDialogProps) {
  const [edited, setEdited] = useState(source);
  // What was typed for another kind comes back with it.
  const [others, setOthers] = useState<Partial<Record<SourceKind, SecretSource>>>({});
  const choose = (kind: SourceKind | "keychain") => {
    if (edited) setOthers({ ...others, [edited.type]: edited });
    setEdited(kind === "keychain" ? null : (others[kind] ?? SOURCES[kind].blank));
  };
  const isReady = edited === null || isComplete(edited);
  return (
    <Dialog
      title={words.title(name)}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.common.cancel}</Button>
          <Button kind="primary" disabled={!isReady} onPress={() => onUse(edited)}>
            {words.use}
          </Button>
        </>
      }
    >
      <Form>
        <LabelledSelect<SourceKind | "keychain">
          label={words.kind}
          options={(["keychain", ...KINDS] as const).map((id) => ({ id, title: words.kinds[id] }))}
          selected={edited?.type ?? "keychain"}
          onSelect={choose}
        />
        <p className="form-hint">{edited ? words.sentHint : words.keychainHint}</p>
        {edited && isHeld ? <p className="form-hint">{words.valueKept}</p> : null}
        {edited
          ? SOURCES[edited.type].fields.map((field) => (
              <SourceLine
                key={`${edited.type} ${field.at}`}
                field={field}
                source={edited}
                onChange={setEdited}
              />
            ))
          : null}
      </Form>
    </Dialog>
  );
}

interface SourceLineProps {
  field: SourceField;
  source: SecretSource;
  onChange(source: SecretSource): void;
}

function SourceLine({ field, source, onChange }: SourceLineProps) {
  const label = words.fields[field.label];
  const put = (value: string) => onChange(withField(source, field.at, value));
  const text = (
    <TextField
      labelled
      mono
      label={label}
      placeholder={field.placeholder ?? ""}
      value={sourceValue(source, field.at)}
      onChange={put}
    />
  );
  return (
    <div className="source-line">
      {field.file ? (
        <div className="form-row">
          {text}
          <IconButton
            label={words.browse(label)}
            icon={FolderOpen}
            onPress={() => void chooseFile(words.browse(label)).then((path) => path && put(path))}
          />
        </div>
      ) : (
        text
      )}
      {field.hint ? <p className="form-hint">{words.hints[field.hint]}</p> : null}
    </div>
  );
}

import type { ReactNode } from "react";
import type { AuthField, OptionWord } from "../../auth/fields";
import { keyText } from "../../auth/literals";
import { Switch } from "../../components/Checkbox";
import { CodeEditor } from "../../components/CodeEditor";
import { IconButton } from "../../components/IconButton";
import { FolderOpen } from "../../components/icons";
import { Segments } from "../../components/Segments";
import { Select } from "../../components/Select";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import type { AdditionalParameter, KeyText, TokenPlacement } from "../../ipc";
import { m } from "../../messages";
import { chooseFile } from "../request/chooseFile";
import { ParametersTable } from "./ParametersTable";
import { SecretField } from "./SecretField";

/** What the control of one field is given. */
export interface ControlProps {
  field: AuthField;
  label: string;
  value: unknown;
  onChange(value: unknown): void;
  variables: Variables;
  suggest(): string;
}

/** React Aria keeps the empty string for "nothing chosen". */
const EMPTY = "\u0000";

/** A text as one of a list; what is not in the list (a variable, say) joins it. */
function Choice({ label, ids, title, value, onChange }: ChoiceProps) {
  const all = ids.includes(value) ? ids : [...ids, value];
  return (
    <Select
      label={label}
      options={all.map((id) => ({ id: id === "" ? EMPTY : id, title: title(id) }))}
      selected={value === "" ? EMPTY : value}
      onSelect={(id) => onChange(id === EMPTY ? "" : id)}
    />
  );
}

interface ChoiceProps {
  label: string;
  ids: readonly string[];
  title(id: string): string;
  value: string;
  onChange(value: string): void;
}

const optionWord = (id: string) => (m.auth.options as Record<string, string>)[id as OptionWord] ?? id;

function KeyControl({ label, value, onChange, variables, suggest }: ControlProps) {
  const key = value as KeyText;
  const words = m.auth.key;
  return (
    <div className="auth-key">
      <Segments
        label={words.kind(label)}
        options={[
          { id: "text", title: words.text },
          { id: "file", title: words.file },
        ]}
        selected={key.type === "file" ? "file" : "text"}
        onSelect={(type) => onChange({ type, value: "" })}
      />
      {key.type === "file" ? (
        <div className="auth-file">
          <TemplateField
            framed
            label={words.path(label)}
            value={key.value}
            placeholder="keys/client.pem"
            onChange={(path) => onChange({ type: "file", value: path })}
            variables={variables}
          />
          <IconButton
            label={words.browseFor(label)}
            icon={FolderOpen}
            onPress={() =>
              void chooseFile(words.pick).then((path) => path && onChange({ type: "file", value: path }))
            }
          />
        </div>
      ) : (
        <SecretField
          label={label}
          value={keyText(key)}
          onChange={(text) => onChange(text === "" ? { type: "none" } : { type: "text", value: text })}
          variables={variables}
          suggest={suggest}
        />
      )}
    </div>
  );
}

function PlaceControl({ label, value, onChange, variables }: ControlProps) {
  const place = value as TokenPlacement;
  const kind = "query" in place ? "query" : "header";
  const name = "query" in place ? place.query : place.header;
  const made = (to: string, called: string): TokenPlacement =>
    to === "query" ? { query: called } : { header: called };
  return (
    <div className="auth-pair">
      <Choice
        label={label}
        ids={["header", "query"]}
        title={optionWord}
        value={kind}
        onChange={(to) => onChange(made(to, to === "query" ? "access_token" : "Authorization"))}
      />
      <TemplateField
        framed
        label={m.auth.placeName(label)}
        value={name}
        onChange={(called) => onChange(made(kind, called))}
        variables={variables}
      />
    </div>
  );
}

/** One control for each kind of field. */
export const CONTROLS: Record<AuthField["kind"], (props: ControlProps) => ReactNode> = {
  text: ({ label, value, onChange, variables, field }) => (
    <TemplateField
      framed
      label={label}
      value={String(value ?? "")}
      placeholder={field.placeholder}
      onChange={onChange}
      variables={variables}
    />
  ),
  secret: ({ label, value, onChange, variables, suggest, field }) => (
    <SecretField
      label={label}
      value={String(value ?? "")}
      placeholder={field.placeholder}
      onChange={onChange}
      variables={variables}
      suggest={suggest}
    />
  ),
  select: ({ label, value, onChange, field }) => (
    <Choice
      label={label}
      ids={field.options ?? []}
      title={optionWord}
      value={String(value ?? "")}
      onChange={onChange}
    />
  ),
  list: ({ label, value, onChange, field }) => {
    const [first = "", ...rest] = field.options ?? [];
    return (
      <Choice
        label={label}
        ids={[first, ...rest]}
        title={(id) => id}
        value={value === "" ? first : String(value ?? "")}
        onChange={onChange}
      />
    );
  },
  switch: ({ label, value, onChange }) => (
    <Switch label={label} labelled={false} checked={value === true} onChange={onChange} />
  ),
  off: ({ label, value, onChange }) => (
    <Switch label={label} labelled={false} checked={value !== true} onChange={(on) => onChange(!on)} />
  ),
  key: KeyControl,
  place: PlaceControl,
  parameters: ({ label, value, onChange, variables }) => (
    <ParametersTable
      label={label}
      rows={value as AdditionalParameter[]}
      onChange={onChange}
      variables={variables}
    />
  ),
  json: ({ label, value, onChange, variables }) => (
    <div className="auth-json">
      <CodeEditor
        label={label}
        language="json"
        value={String(value ?? "")}
        onChange={onChange}
        variables={variables}
      />
    </div>
  ),
};

/** Kinds that need the whole width, their label above. */
export const WIDE: ReadonlySet<AuthField["kind"]> = new Set(["parameters", "json"]);

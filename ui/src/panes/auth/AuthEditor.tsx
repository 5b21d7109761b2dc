import type { ReactNode } from "react";
import { type AuthOf, blankAuth, SCHEME_GROUPS, type Scheme } from "../../auth/blank";
import { type AuthField, type FieldGroup, shownFields, valueAt, withValue } from "../../auth/fields";
import { suggestName } from "../../auth/literals";
import { SCHEMES } from "../../auth/schemes";
import { SearchSelect } from "../../components/SearchSelect";
import type { Auth } from "../../ipc";
import { m } from "../../messages";
import { putAside, takeBack } from "../request/alternatives";
import "./auth.css";
import { CONTROLS, WIDE } from "./fieldKinds";
import type { AuthScope } from "./scope";
import { schemeTitle } from "./words";

export interface AuthEditorProps {
  auth: Auth;
  onChange(auth: Auth): void;
  scope: AuthScope;
  /** Said under "Inherit". */
  inherits: ReactNode;
  /** Under the fields: tokens, providers, the check. */
  children?: ReactNode;
}

/** The scheme and its fields, of a request or a folder. */
export function AuthEditor({ auth, onChange, scope, inherits, children }: AuthEditorProps) {
  const fields = SCHEMES[auth.type];
  const note = m.auth.notes[auth.type];
  return (
    <div className="auth">
      <div className="auth-field">
        <span className="auth-label" aria-hidden>
          {m.auth.scheme}
        </span>
        <SchemeChooser auth={auth} onChange={onChange} home={scope.key} />
      </div>
      {auth.type === "inherit" ? inherits : null}
      {auth.type === "none" ? <p className="auth-hint">{m.auth.noneHint}</p> : null}
      {auth.type === "other" ? <p className="auth-hint">{m.auth.otherHint(auth.scheme)}</p> : null}
      {note ? <p className="auth-hint">{note}</p> : null}
      {fields ? <Fields fields={fields.main} auth={auth} onChange={onChange} scope={scope} /> : null}
      {fields?.advanced ? (
        <Advanced key={auth.type} groups={fields.advanced} auth={auth} onChange={onChange} scope={scope} />
      ) : null}
      {children}
    </div>
  );
}

type PartProps = Pick<AuthEditorProps, "auth" | "onChange" | "scope">;

function SchemeChooser({ auth, onChange, home }: Omit<PartProps, "scope"> & { home: string }) {
  const kept = auth.type === "other" ? auth : takeBack<AuthOf<"other">>(home, "auth", "other");
  const choose = (scheme: Scheme) => {
    putAside(home, "auth", auth.type, auth);
    const next = takeBack<Auth>(home, "auth", scheme) ?? blankAuth(scheme);
    if (next) onChange(next);
  };
  const groups = SCHEME_GROUPS.map(({ id, schemes }) => ({
    title: m.auth.list[id],
    options: (schemes as readonly Scheme[]).map((scheme) => ({
      id: scheme,
      title: schemeTitle(scheme),
      words: `${scheme} ${m.auth.aliases[scheme] ?? ""}`,
    })),
  }));
  if (kept) groups[0]?.options.push({ id: "other", title: m.auth.other(kept.scheme), words: "" });
  return (
    <SearchSelect<Scheme>
      label={m.auth.scheme}
      groups={groups}
      selected={auth.type}
      onSelect={choose}
      search={m.auth.search}
      nothing={m.auth.nothing}
    />
  );
}

/** Fields that say something else than at first. */
function countSet(groups: readonly FieldGroup[], auth: Auth): number {
  const blank = blankAuth(auth.type);
  if (!blank) return 0;
  const fields = groups.flatMap((group) => shownFields(group.fields, auth));
  const same = (at: string) => JSON.stringify(valueAt(auth, at)) === JSON.stringify(valueAt(blank, at));
  return fields.filter((field) => !same(field.at)).length;
}

function Advanced({ groups, ...part }: PartProps & { groups: readonly FieldGroup[] }) {
  const count = countSet(groups, part.auth);
  const shown = groups
    .map((group) => ({ ...group, fields: shownFields(group.fields, part.auth) }))
    .filter((group) => group.fields.length > 0);
  return (
    <details className="auth-more">
      <summary>
        {m.auth.advanced}
        {count > 0 ? <small>{m.auth.advancedSet(count)}</small> : null}
      </summary>
      {shown.map(({ id, fields }) => (
        <section key={id} className="auth-group" aria-label={id === "main" ? undefined : m.auth.groups[id]}>
          {id === "main" || shown.length === 1 ? null : <h4 className="auth-head">{m.auth.groups[id]}</h4>}
          <Fields fields={fields} {...part} />
        </section>
      ))}
    </details>
  );
}

function Fields({ fields, ...part }: PartProps & { fields: readonly AuthField[] }) {
  return shownFields(fields, part.auth).map((field) => (
    <FieldLine key={`${field.at} ${field.options?.[0] ?? ""}`} field={field} {...part} />
  ));
}

function FieldLine({ field, auth, onChange, scope }: PartProps & { field: AuthField }) {
  const label = m.auth.fields[field.label];
  const Control = CONTROLS[field.kind];
  const { variables, request } = scope;
  return (
    <div className="auth-field" data-wide={WIDE.has(field.kind) || undefined}>
      <span className="auth-label" aria-hidden>
        {label}
      </span>
      <div className="auth-control">
        <Control
          field={field}
          label={label}
          value={valueAt(auth, field.at)}
          onChange={(value) => onChange(withValue(auth, field.at, value))}
          variables={variables}
          suggest={() =>
            suggestName(auth, field.at, request?.url ?? "", (name) => variables.find(name) !== undefined)
          }
        />
        {field.hint ? <p className="auth-hint">{m.auth.hints[field.hint]}</p> : null}
      </div>
    </div>
  );
}

import { LabelledSelect } from "../../components/Form";
import { TextField } from "../../components/TextField";
import type { Auth } from "../../ipc";
import { m } from "../../messages";

type Kind = Auth["type"];

function blank(kind: Kind): Auth {
  switch (kind) {
    case "basic":
      return { type: kind, username: "", password: "" };
    case "bearer":
      return { type: kind, token: "" };
    case "apiKey":
      return { type: kind, key: "", value: "", placement: "header" };
    case "none":
      return { type: kind };
    default:
      return { type: "inherit" };
  }
}

/** How requests below prove who they are from. */
export function AuthFields({ auth, onChange }: { auth: Auth; onChange(auth: Auth): void }) {
  const words = m.collections.auth;
  const kinds = (["inherit", "none", "basic", "bearer", "apiKey"] as const).map(
    (id): { id: Kind; title: string } => {
      return { id, title: words[id] };
    },
  );
  if (auth.type === "other") kinds.push({ id: "other", title: words.other(auth.scheme) });
  const field = (label: string, value: string, change: (value: string) => void) => (
    <TextField labelled mono label={label} value={value} onChange={change} />
  );
  return (
    <>
      <LabelledSelect
        label={words.kind}
        options={kinds}
        selected={auth.type}
        onSelect={(kind) => kind !== auth.type && onChange(blank(kind))}
      />
      {auth.type === "basic" ? (
        <>
          {field(words.username, auth.username, (username) => onChange({ ...auth, username }))}
          {field(words.password, auth.password, (password) => onChange({ ...auth, password }))}
        </>
      ) : null}
      {auth.type === "bearer"
        ? field(words.token, auth.token, (token) => onChange({ ...auth, token }))
        : null}
      {auth.type === "apiKey" ? (
        <>
          {field(words.key, auth.key, (key) => onChange({ ...auth, key }))}
          {field(words.value, auth.value, (value) => onChange({ ...auth, value }))}
          <LabelledSelect
            label={words.placement}
            options={[
              { id: "header", title: words.header },
              { id: "query", title: words.query },
            ]}
            selected={auth.placement}
            onSelect={(placement) => onChange({ ...auth, placement })}
          />
        </>
      ) : null}
    </>
  );
}

import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Spinner } from "../../components/Progress";
import { SearchField } from "../../components/TextField";
import { type Auth, asCommandError, type CommandError, type ProviderView } from "../../ipc";
import { m } from "../../messages";
import { addFirstRequest, fillIn, providers } from "../../stores/providers";
import { type ProviderChoice, ProviderDetail } from "./ProviderDetail";
import "./provider.css";
import type { AuthScope } from "./scope";
import { schemeTitle } from "./words";

const words = m.auth.providers;

interface ProviderDialogProps {
  auth: Auth;
  onChange(auth: Auth): void;
  scope: AuthScope;
  onClose(): void;
}

const nothing: ProviderChoice = { values: {}, scopes: null, withRequest: false };

/** The services whose auth is known: fills it in, makes the variables, and adds a request to try it with. */
export default function ProviderDialog({ auth, onChange, scope, onClose }: ProviderDialogProps) {
  const [list, setList] = useState<readonly ProviderView[] | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [choice, setChoice] = useState(nothing);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let gone = false;
    providers().then(
      (found) => !gone && setList(found),
      (thrown) => !gone && setFailed(asCommandError(thrown)),
    );
    return () => {
      gone = true;
    };
  }, []);
  const provider = list?.find((each) => each.id === chosen) ?? null;
  const show = (id: string) => {
    setChosen(id);
    setChoice(nothing);
    setFailed(null);
  };
  const fill = async () => {
    if (!provider) return;
    setBusy(true);
    setFailed(null);
    try {
      const wanted = withScopes(provider.auth, choice.scopes);
      const filled = await fillIn(provider, wanted, choice.values);
      onChange(filled.auth);
      if (choice.withRequest && filled.request) {
        // A folder's auth is inherited by what is in it; a request's own is not.
        const inFolder = scope.request === null;
        const parent = inFolder ? scope.path : scope.path.split("/").slice(0, -1).join("/");
        await addFirstRequest(parent, filled.request, inFolder ? { type: "inherit" } : filled.auth);
      }
      onClose();
    } catch (thrown) {
      setFailed(asCommandError(thrown));
      setBusy(false);
    }
  };
  const replaces = !["inherit", "none"].includes(auth.type) && provider !== null;
  return (
    <Dialog
      title={words.title}
      open
      large
      onClose={onClose}
      actions={
        <>
          {replaces ? <span className="provider-note">{words.replaces(schemeTitle(auth.type))}</span> : null}
          <Button onPress={onClose}>{m.common.cancel}</Button>
          <Button kind="primary" disabled={!provider || busy} onPress={() => void fill()}>
            {words.fill}
          </Button>
        </>
      }
    >
      <div className="dialog-pair">
        <nav className="dialog-side" aria-label={words.list}>
          <div className="provider-search">
            <SearchField
              autoFocus
              label={words.search}
              placeholder={words.search}
              value={typed}
              onChange={setTyped}
            />
          </div>
          {list ? (
            <Providers list={list} typed={typed} chosen={chosen} onChoose={show} />
          ) : failed ? null : (
            <Spinner label={m.common.loading} />
          )}
        </nav>
        <div className="dialog-main">
          {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
          {provider ? (
            <ProviderDetail key={provider.id} provider={provider} choice={choice} onChoice={setChoice} />
          ) : (
            <EmptyState title={words.choose} hint={words.chooseHint} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function withScopes(auth: Auth, scopes: readonly string[] | null): Auth {
  return auth.type === "oauth2" && scopes !== null ? { ...auth, scope: scopes.join(" ") } : auth;
}

interface ProvidersProps {
  list: readonly ProviderView[];
  typed: string;
  chosen: string | null;
  onChoose(id: string): void;
}

function Providers({ list, typed, chosen, onChoose }: ProvidersProps) {
  const wanted = typed.trim().toLowerCase();
  const found = list.filter(({ name, category }) => `${name} ${category}`.toLowerCase().includes(wanted));
  const categories = [...new Set(found.map((each) => each.category))].sort();
  return (
    <div className="dialog-list">
      {categories.map((category) => (
        <section key={category} aria-label={category}>
          <h3 className="provider-category">{category}</h3>
          {found
            .filter((each) => each.category === category)
            .map(({ id, name }) => (
              <button
                key={id}
                type="button"
                className="dialog-line"
                aria-current={id === chosen}
                onClick={() => onChoose(id)}
              >
                <span>{name}</span>
              </button>
            ))}
        </section>
      ))}
      {found.length === 0 ? (
        <div className="provider-none">
          <p>{words.none(typed.trim())}</p>
          <p className="auth-hint">{words.noneHint}</p>
        </div>
      ) : null}
    </div>
  );
}

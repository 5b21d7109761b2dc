import { useEffect, useState } from "react";
import { sourceSummary } from "../../auth/sources";
import { IconButton } from "../../components/IconButton";
import { Check, Eye, EyeOff, KeyRound, LogIn, Trash2, X } from "../../components/icons";
import type { SecretSource, SecretState } from "../../ipc";
import { m } from "../../messages";
import { removeSecret, revealSecret, storeSecret } from "../../stores/secrets";
import { SourceDialog } from "./SourceDialog";

/** How long a shown secret stays on screen. */
const SHOWN_MS = 20_000;

interface SecretCellProps {
  environment: string;
  name: string;
  /** What the keychain knows the value under: another name until a new one is saved. */
  heldAs: string;
  state: SecretState;
  /** Where the value comes from when not from the keychain. */
  source: SecretSource | null;
  onSource(source: SecretSource | null): void;
}

/** Where the value of a secret is, and the ways to set, see and delete it. The value is kept nowhere here. */
export function SecretCell({ environment, name, heldAs, state, source, onSource }: SecretCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [revealed, setRevealed] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  useEffect(() => {
    if (revealed === null) return;
    const timer = setTimeout(() => setRevealed(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [revealed]);
  const words = m.environments;
  if (name === "") return <span className="secret-state">{words.nameFirst}</span>;
  const label = (action: string) => words.ofSecret(action, name);
  const store = async () => {
    const value = typed ?? "";
    if (value !== "" && (await storeSecret(environment, heldAs, value))) setTyped(null);
  };
  if (typed !== null)
    return (
      <span className="secret">
        <input
          type="password"
          className="secret-field mono"
          aria-label={words.newValue(name)}
          value={typed}
          autoFocus
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") void store();
            if (event.key !== "Escape") return;
            event.stopPropagation();
            setTyped(null);
          }}
        />
        <IconButton small label={label(words.store)} icon={Check} onPress={() => void store()} />
        <IconButton small label={m.common.cancel} icon={X} onPress={() => setTyped(null)} />
      </span>
    );
  const isHeld = state === "stored" || state === "sessionOnly";
  // Not known is not "none": a value may be there.
  const set = isHeld || state === "unknown" ? words.replace : words.set;
  const origin = (
    <IconButton small label={m.sources.choose(name)} icon={LogIn} onPress={() => setChoosing(true)} />
  );
  const dialog = choosing ? (
    <SourceDialog
      name={name}
      source={source}
      isHeld={isHeld}
      onUse={(chosen) => {
        setChoosing(false);
        onSource(chosen);
      }}
      onClose={() => setChoosing(false)}
    />
  ) : null;
  const from = source ? m.sources.from(m.sources.kinds[source.type], sourceSummary(source)) : "";
  if (source)
    return (
      <span className="secret">
        <span className="secret-state" title={from}>
          {from}
        </span>
        {origin}
        {dialog}
      </span>
    );
  return (
    <span className="secret" data-state={state}>
      {revealed === null ? (
        <span className="secret-state">{words.states[state]}</span>
      ) : (
        <code className="secret-value mono" data-selectable>
          {revealed}
        </code>
      )}
      {isHeld ? (
        <IconButton
          small
          label={label(revealed === null ? words.reveal : words.hide)}
          icon={revealed === null ? Eye : EyeOff}
          onPress={() => {
            if (revealed !== null) setRevealed(null);
            else void revealSecret(environment, heldAs).then(setRevealed);
          }}
        />
      ) : null}
      <IconButton small label={label(set)} icon={KeyRound} onPress={() => setTyped("")} />
      {isHeld ? (
        <IconButton
          small
          label={label(words.deleteSecret)}
          icon={Trash2}
          onPress={() => {
            setRevealed(null);
            void removeSecret(environment, heldAs);
          }}
        />
      ) : null}
      {origin}
      {dialog}
    </span>
  );
}

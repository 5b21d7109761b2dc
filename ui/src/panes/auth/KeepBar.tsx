import { useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/TextField";
import { asCommandError } from "../../ipc";
import { m } from "../../messages";
import { acceptLiteral, keepSecret } from "../../stores/literals";
import { isSessionOnly } from "../../stores/secrets";
import { useWorkspace } from "../../stores/workspace";
import "./KeepBar.css";
import type { Keeper } from "./SecretField";

const words = m.auth.secret;

interface KeepBarProps {
  /** Of the field the secret stands in. */
  label: string;
  value: string;
  suggestion: string;
  autoFocus?: boolean;
  keeper?: Keeper | undefined;
  /** With what stands in the field from now on. */
  onKept(reference: string): void;
  onLeave(): void;
}

/** Offers to put a secret that was typed into the keychain, and a reference in its place. */
export function KeepBar({ label, value, suggestion, autoFocus, keeper, onKept, onLeave }: KeepBarProps) {
  const chosen = useWorkspace((s) => s.workspace?.environment ?? null);
  const environment = keeper ? keeper.environment : chosen;
  const [name, setName] = useState(suggestion);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isBad = !/^[\w.-]+$/.test(name);
  const keep = async () => {
    if (isBad || busy) return;
    setBusy(true);
    setFailed(null);
    try {
      onKept(await (keeper?.keep ?? keepSecret)(name, value));
    } catch (thrown) {
      const { message, hint } = asCommandError(thrown);
      setFailed([message, hint].filter(Boolean).join(" "));
      setBusy(false);
    }
  };
  return (
    <div role="group" aria-label={words.offer(label)} className="keep">
      <span className="keep-text">{isSessionOnly() ? words.keepSession : words.keepAs}</span>
      <TextField
        mono
        autoFocus={autoFocus ?? false}
        label={words.name(label)}
        value={name}
        error={failed ?? (isBad ? words.badName : null)}
        onChange={setName}
        onEnter={() => void keep()}
        onEscape={onLeave}
      />
      <span className="keep-text">{environment ? words.inEnvironment(environment) : words.inCollection}</span>
      <span className="keep-actions">
        <Button
          small
          kind="primary"
          label={words.keepFor(label)}
          disabled={isBad || busy}
          onPress={() => void keep()}
        >
          {words.keep}
        </Button>
        <Button
          small
          kind="quiet"
          label={words.leaveFor(label)}
          onPress={() => {
            acceptLiteral(value);
            onLeave();
          }}
        >
          {words.leave}
        </Button>
      </span>
    </div>
  );
}

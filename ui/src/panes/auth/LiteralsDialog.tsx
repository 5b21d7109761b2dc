import { useState } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { TextField } from "../../components/TextField";
import { asCommandError, type CommandError, type LiteralFound } from "../../ipc";
import { m } from "../../messages";
import { acceptLiteral, keepSecret } from "../../stores/literals";
import { isSessionOnly } from "../../stores/secrets";
import "./auth.css";

const words = m.auth.literals;

interface LiteralsDialogProps<T> {
  /** What is about to be saved. */
  inside: T;
  found: readonly LiteralFound[];
  /** Puts what names a secret in its place. */
  replace(inside: T, place: string, literal: string, reference: string): T;
  /** Keeps a secret elsewhere than for the chosen environment. */
  keep?(name: string, literal: string): Promise<string>;
  /** With what is to be saved instead; every literal found is by then kept or accepted. */
  onDone(inside: T): void;
  onClose(): void;
}

/** Asks, before anything is written, which of the secrets found are to go to the keychain. */
export function LiteralsDialog<T>(props: LiteralsDialogProps<T>) {
  const { inside, found, onDone, onClose } = props;
  const [rows, setRows] = useState(() => found.map((each) => ({ ...each, keep: true })));
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [busy, setBusy] = useState(false);
  const kept = rows.filter((row) => row.keep);
  const change = (at: number, part: Partial<(typeof rows)[number]>) =>
    setRows(rows.map((row, n) => (n === at ? { ...row, ...part } : row)));
  const asIs = () => {
    for (const { literal } of rows) acceptLiteral(literal);
    onDone(inside);
  };
  const keepEach = props.keep ?? keepSecret;
  const keep = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const references = new Map<string, string>();
      let now = inside;
      for (const { place, literal, suggestion } of kept) {
        const reference = references.get(literal) ?? (await keepEach(suggestion, literal));
        references.set(literal, reference);
        now = props.replace(now, place, literal, reference);
      }
      for (const row of rows) if (!row.keep) acceptLiteral(row.literal);
      onDone(now);
    } catch (thrown) {
      setFailed(asCommandError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={words.title}
      open
      alert
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.common.cancel}</Button>
          <Button onPress={asIs} disabled={busy}>
            {words.asIs}
          </Button>
          <Button
            kind="primary"
            autoFocus
            disabled={busy || kept.length === 0 || kept.some((row) => !/^[\w.-]+$/.test(row.suggestion))}
            onPress={() => void keep()}
          >
            {words.save}
          </Button>
        </>
      }
    >
      <div className="literals">
        <p>{isSessionOnly() ? words.sessionText : words.text}</p>
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        {/* biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit */}
        <ul role="list" aria-label={words.list} className="literals-list">
          {rows.map((row, at) => (
            <li key={`${row.place} ${at}`}>
              <Checkbox
                label={words.keep(row.label)}
                checked={row.keep}
                onChange={(on) => change(at, { keep: on })}
              />
              <div className="literals-what">
                <p>{row.label}</p>
                <small>
                  <code className="mono">{row.shown}</code> {row.reason}
                </small>
              </div>
              <TextField
                mono
                label={words.name(row.label)}
                value={row.suggestion}
                disabled={!row.keep}
                error={/^[\w.-]+$/.test(row.suggestion) ? null : m.auth.secret.badName}
                onChange={(suggestion) => change(at, { suggestion })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

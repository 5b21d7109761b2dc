import { useState } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError, backend, type CommandError, type Sealed, type SharingView } from "../../ipc";
import { m } from "../../messages";
import { useWorkspace } from "../../stores/workspace";

const words = m.sharing;

/** Which environments' secrets go into the file. */
export function SealPart({ view, onSealed }: { view: SharingView; onSealed(): void }) {
  const all = (useWorkspace((s) => s.workspace?.environments) ?? []).map((each) => each.name);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [sealed, setSealed] = useState<Sealed | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [busy, setBusy] = useState(false);
  const environments = all.filter((name) => !left.includes(name));
  const seal = async () => {
    setBusy(true);
    setFailed(null);
    setSealed(null);
    try {
      setSealed(await backend().call("sealSecrets", { environments }));
      onSealed();
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
    setBusy(false);
  };
  return (
    <section className="sharing-part" aria-label={words.seal}>
      <h3>{words.seal}</h3>
      <div className="sharing-choices" role="group" aria-label={words.environments}>
        {all.map((name) => (
          <Checkbox
            key={name}
            labelled
            label={name}
            checked={!left.includes(name)}
            onChange={(on) => setLeft(on ? left.filter((each) => each !== name) : [...left, name])}
          />
        ))}
      </div>
      <p className="form-hint">{words.sealHint}</p>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      <div>
        <Button disabled={busy || view.recipients.length === 0} onPress={() => void seal()}>
          {view.sealedFile ? words.sealAgain(view.sealedFile) : words.sealInto}
        </Button>
      </div>
      {sealed ? (
        <p role="status">
          {words.sealed(sealed.secrets, sealed.recipients)}
          {sealed.withoutValue.length > 0 ? ` ${words.without(sealed.withoutValue.join(", "))}` : ""}
        </p>
      ) : null}
    </section>
  );
}

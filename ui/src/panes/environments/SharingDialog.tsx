import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Spinner } from "../../components/Progress";
import { asCommandError, backend, type CommandError, type SharingView } from "../../ipc";
import { m } from "../../messages";
import { Recipients } from "./Recipients";
import { SealPart } from "./SealPart";
import "./sharing.css";
import { TakePart } from "./TakePart";

const words = m.sharing;

/** Sealing secrets for a team, and opening what others sealed. */
export function SharingDialog({ onClose }: { onClose(): void }) {
  const [view, setView] = useState<SharingView | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const attempt = async (work: () => Promise<SharingView>) => {
    setFailed(null);
    try {
      setView(await work());
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
  };
  const read = () => attempt(() => backend().call("sharing", {}));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => void read(), []);
  return (
    <Dialog
      title={words.title}
      open
      wide
      onClose={onClose}
      actions={<Button onPress={onClose}>{m.common.close}</Button>}
    >
      <div className="sharing">
        <p className="form-hint">{words.hint}</p>
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        {view?.problem ? (
          <ErrorNote tone="warn" message={view.problem.message} hint={view.problem.hint} />
        ) : null}
        {view ? (
          <>
            <section className="sharing-part" aria-label={words.mine}>
              <h3>{words.mine}</h3>
              {view.publicKey ? (
                <div className="sharing-key">
                  <code className="mono" data-selectable>
                    {view.publicKey}
                  </code>
                  <CopyButton small label={words.copyKey} text={() => view.publicKey ?? ""}>
                    {m.common.copy}
                  </CopyButton>
                </div>
              ) : (
                <div className="sharing-key">
                  <span>{words.noKey}</span>
                  <Button onPress={() => void attempt(() => backend().call("createIdentity", {}))}>
                    {words.make}
                  </Button>
                </div>
              )}
              <p className="form-hint">{words.mineHint}</p>
            </section>
            <Recipients
              mine={view.publicKey}
              list={view.recipients}
              onSave={(recipients) => void attempt(() => backend().call("saveRecipients", { recipients }))}
            />
            <SealPart view={view} onSealed={() => void read()} />
            <TakePart view={view} />
          </>
        ) : failed ? null : (
          <Spinner label={m.common.loading} />
        )}
      </div>
    </Dialog>
  );
}

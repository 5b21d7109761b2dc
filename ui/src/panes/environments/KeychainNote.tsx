import { useState } from "react";
import { Button } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError } from "../../ipc";
import { m } from "../../messages";
import { adoptKeychain, checkKeychain } from "../../stores/secrets";
import { useWorkspace } from "../../stores/workspace";

/** What is wrong with the keychain and what to do; nothing when it works. */
export function KeychainNote() {
  const { state, message, sessionOnly } = useWorkspace((s) => s.keychain);
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  if (state === "available" && sessionOnly === 0) return null;
  if (state === "checking") return null;
  const words = m.environments.keychain;
  const attempt = (work: () => Promise<void>) => () => {
    setFailed(null);
    work().catch((thrown) => setFailed(asCommandError(thrown).message));
  };
  return (
    <>
      <ErrorNote
        tone="warn"
        message={message || m.footer.keychain[state]}
        hint={[words[state], sessionOnly > 0 ? words.sessionOnly(sessionOnly) : "", failed ?? ""]
          .filter(Boolean)
          .join(" ")}
      >
        <Button onPress={attempt(checkKeychain)}>{words.check}</Button>
        {state === "another" ? <Button onPress={() => setAsking(true)}>{words.adopt}</Button> : null}
      </ErrorNote>
      {asking ? (
        <Confirm
          title={words.adoptTitle}
          text={words.adoptText}
          yes={words.adoptYes}
          onYes={attempt(adoptKeychain)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

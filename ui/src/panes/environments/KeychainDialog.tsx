import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { m } from "../../messages";
import { useWorkspace } from "../../stores/workspace";
import { KeychainNote } from "./KeychainNote";

/** How the keychain is, and what that means for secrets. */
export default function KeychainDialog({ onClose }: { onClose(): void }) {
  const { state, message } = useWorkspace((s) => s.keychain);
  const words = m.environments.keychain;
  return (
    <Dialog
      title={words.title}
      open
      onClose={onClose}
      actions={<Button onPress={onClose}>{m.common.close}</Button>}
    >
      {state === "available" || state === "checking" ? <p>{message || words[state]}</p> : null}
      <KeychainNote />
    </Dialog>
  );
}

import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { m } from "../../messages";
import { ask } from "../../stores/questions";
import { closeNow, saveAndClose } from "../../stores/tabLife";
import { useTabs } from "../../stores/tabs";

/** Save, discard, or stay. */
export default function CloseDialog({ tab }: { tab: string }) {
  const name = useTabs((s) => s.tabs.find((each) => each.id === tab)?.name) || m.tabs.untitled;
  const discard = () => {
    ask(null);
    closeNow(tab);
  };
  return (
    <Dialog
      title={m.request.closeDialog.title(name)}
      open
      alert
      onClose={() => ask(null)}
      actions={
        <>
          <Button kind="danger" onPress={discard}>
            {m.request.closeDialog.discard}
          </Button>
          <Button onPress={() => ask(null)}>{m.common.cancel}</Button>
          <Button kind="primary" autoFocus onPress={() => void saveAndClose(tab)}>
            {m.request.closeDialog.save}
          </Button>
        </>
      }
    >
      <p>{m.request.closeDialog.text}</p>
    </Dialog>
  );
}

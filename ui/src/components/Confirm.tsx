import { m } from "../messages";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

export interface ConfirmProps {
  title: string;
  text: string;
  /** The word on the button that does it. */
  yes: string;
  danger?: boolean;
  onYes(): void;
  onClose(): void;
}

/** A question that must be answered. */
export function Confirm({ title, text, yes, danger, onYes, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      open
      alert
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {m.common.cancel}
          </Button>
          <Button
            kind={danger ? "danger" : "primary"}
            onPress={() => {
              onClose();
              onYes();
            }}
          >
            {yes}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}

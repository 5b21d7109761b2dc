import { m } from "../messages";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import { X } from "./icons";
import "./UndoBar.css";

/** What was just taken away, and the way back. Stays until used, closed or replaced. */
export function UndoBar({ text, onUndo, onClose }: { text: string; onUndo(): void; onClose(): void }) {
  return (
    <div role="status" className="undo">
      <span>{text}</span>
      <Button kind="quiet" onPress={onUndo}>
        {m.common.undo}
      </Button>
      <IconButton label={m.common.close} icon={X} small onPress={onClose} />
    </div>
  );
}

import type { ReactNode } from "react";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import "./Menu.css";

export interface PopoverProps {
  label: string;
  /** The Button or IconButton that opens it. */
  trigger: ReactNode;
  children: ReactNode;
}

/** Free content under its button. */
export function Popover({ label, trigger, children }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className="popover" offset={4}>
        <Dialog aria-label={label} style={{ padding: 12, outline: "none" }}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}

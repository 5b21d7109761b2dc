import { type ReactNode, useEffect, useRef } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import "./Dialog.css";

export interface DialogProps {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
  /** As large as the window allows, with a height of its own: for lists with an editor beside them. */
  large?: boolean;
  /** The title is only told to screen readers: for a field that says itself what it is. */
  bare?: boolean;
  /** For questions that must be answered: no closing by a click outside. */
  alert?: boolean;
  /** Holds work that a click outside must not lose. */
  steady?: boolean;
}

/** A modal dialog; focus is kept inside and given back. */
export function Dialog({
  title,
  open,
  onClose,
  children,
  actions,
  wide,
  large,
  bare,
  alert,
  steady,
}: DialogProps) {
  const box = useRef<HTMLElement>(null);
  // A button that deletes itself takes the focus with it; the keyboard must not fall out of the dialog.
  useEffect(() => {
    if (open && document.activeElement === document.body) box.current?.focus();
  });
  return (
    <ModalOverlay
      className="dialog-veil"
      isOpen={open}
      isDismissable={!alert && !steady}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal
        className="dialog-box"
        data-wide={wide || undefined}
        data-large={large || undefined}
        data-bare={bare || undefined}
      >
        <AriaDialog ref={box} role={alert ? "alertdialog" : "dialog"} className="dialog">
          <Heading slot="title" className={bare ? "visually-hidden" : "dialog-title"}>
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          {actions ? <div className="dialog-actions">{actions}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

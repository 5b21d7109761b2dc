import type { ReactNode, Ref } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import "./Button.css";

export interface ButtonProps {
  children: ReactNode;
  /** Accessible name when the words shown are not enough. */
  label?: string;
  kind?: "plain" | "primary" | "danger" | "quiet";
  big?: boolean;
  small?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  type?: "button" | "submit";
  onPress?(): void;
  buttonRef?: Ref<HTMLButtonElement>;
}

/** A button with words on it. Also works as the trigger of a Menu, Dialog or Popover. */
export function Button({
  children,
  label,
  kind = "plain",
  big,
  small,
  disabled,
  autoFocus,
  type,
  onPress,
  buttonRef,
}: ButtonProps) {
  return (
    <AriaButton
      ref={buttonRef}
      className="button"
      data-kind={kind}
      data-big={big || undefined}
      data-small={small || undefined}
      aria-label={label}
      isDisabled={disabled}
      autoFocus={autoFocus}
      type={type}
      onPress={onPress}
    >
      {children}
    </AriaButton>
  );
}

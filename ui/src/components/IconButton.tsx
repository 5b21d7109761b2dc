import type { LucideIcon } from "lucide-react";
import { Button } from "react-aria-components/Button";
import "./Button.css";

export interface IconButtonProps {
  /** Accessible name; also the native tooltip. */
  label: string;
  icon: LucideIcon;
  small?: boolean;
  disabled?: boolean;
  onPress?(): void;
}

/** A button with only an icon. */
export function IconButton({ label, icon: Icon, small, disabled, onPress }: IconButtonProps) {
  return (
    <Button
      className="icon-button"
      data-small={small || undefined}
      aria-label={label}
      isDisabled={disabled}
      onPress={onPress}
    >
      <Icon size={small ? 13 : 15} strokeWidth={1.75} aria-hidden />
    </Button>
  );
}

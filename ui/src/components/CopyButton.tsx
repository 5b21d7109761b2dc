import { useEffect, useState } from "react";
import { m } from "../messages";
import { Button } from "./Button";
import { copyText } from "./clipboard";

interface CopyButtonProps {
  /** Accessible name: what is copied. */
  label: string;
  /** The words on it; the label without them. */
  children?: string;
  /** May still have to be asked for. */
  text(): string | Promise<string>;
  kind?: "plain" | "quiet" | "primary";
  small?: boolean;
}

/** Puts a text on the clipboard and says for a moment that it did. */
export function CopyButton({ label, children, text, kind = "plain", small }: CopyButtonProps) {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => setTold(null), 1500);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = () =>
    copyText(text()).then(
      () => setTold(m.common.copied),
      () => setTold(m.common.notCopied),
    );
  return (
    <Button kind={kind} small={small ?? false} label={label} onPress={() => void copy()}>
      <span aria-live="polite">{told ?? children ?? label}</span>
    </Button>
  );
}

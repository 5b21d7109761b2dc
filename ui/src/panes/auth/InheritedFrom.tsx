import { Button } from "../../components/Button";
import type { InheritedAuth } from "../../ipc";
import { m } from "../../messages";
import { schemeName } from "./words";

interface InheritedFromProps {
  inherited: InheritedAuth;
  /** Opens the settings of the folder, or of the collection for an empty path. */
  onOpen(path: string): void;
}

/** What is inherited, with the way to where it is set. */
export function InheritedFrom({ inherited: { scheme, origin, path }, onOpen }: InheritedFromProps) {
  return (
    <p className="auth-hint">
      {m.auth.inheritsFrom(schemeName(scheme))}{" "}
      <Button small label={m.auth.openOrigin(origin)} onPress={() => onOpen(path)}>
        {origin}
      </Button>
    </p>
  );
}

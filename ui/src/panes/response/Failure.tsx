import { useState } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError, type WireError } from "../../ipc";
import { m } from "../../messages";
import { askForApproval } from "../../stores/approvals";
import { trustHost } from "../../stores/exchange";
import { useLayout } from "../../stores/layout";
import { showSection } from "../../stores/sections";
import { useTabs } from "../../stores/tabs";

/** What an error is, as far as a note shows it. */
type Shown = Pick<WireError, "code" | "message" | "hint" | "where">;

export interface FailureProps {
  error: Shown;
  /** The address it happened at. */
  url: string | null;
  /** Sends the same once more. Absent where nothing can be sent from. */
  onAgain?: ((allowCrossOriginBody?: boolean) => void) | undefined;
}

/** Host, with its port when that is not the usual one, as the settings name hosts. */
export function hostOf(url: string | null | undefined): string | null {
  try {
    return url ? new URL(url).host || null : null;
  } catch {
    return null;
  }
}

/** What went wrong with an exchange, and the ways on. */
export function Failure({ error, url, onAgain }: FailureProps) {
  const [refused, setRefused] = useState<Shown | null>(null);
  const host = hostOf(url);
  const trust = async () => {
    try {
      await trustHost(host ?? "", true);
      onAgain?.();
    } catch (thrown) {
      setRefused(asCommandError(thrown));
    }
  };
  const { file, line, column } = error.where ?? { file: null, line: null, column: null };
  const where = file ? [file, line, column].filter((part) => part !== null).join(":") : null;
  const way = wayOut(error.code);
  return (
    <>
      <ErrorNote message={error.message} hint={error.hint} where={where}>
        {way === "trust" && host && onAgain ? (
          <>
            <Button onPress={() => void trust()}>{m.response.trust(host)}</Button>
            <span className="failure-hint">{m.response.trustHint}</span>
          </>
        ) : null}
        {way === "body" && onAgain ? (
          <Button onPress={() => onAgain(true)}>{m.response.allowBody}</Button>
        ) : null}
        {way === "settings" ? (
          <Button onPress={() => useLayout.setState({ overlay: "settings" })}>
            {m.response.openSettings}
          </Button>
        ) : null}
        {way === "approve" ? (
          <Button
            onPress={() => void askForApproval(true).catch((thrown) => setRefused(asCommandError(thrown)))}
          >
            {m.sources.approveShort}
          </Button>
        ) : null}
        {way === "auth" && onAgain ? <Button onPress={openAuth}>{m.response.openAuth}</Button> : null}
        {(way === "again" || way === "approve" || way === "auth") && onAgain ? (
          <Button onPress={() => onAgain()}>{m.response.sendAgain}</Button>
        ) : null}
      </ErrorNote>
      {refused ? <ErrorNote message={refused.message} hint={refused.hint} /> : null}
    </>
  );
}

const AGAIN = ["refused", "reset", "unreachable", "unknown-host", "incomplete-body", "io", "http2"];

/** The part of the request in front that has its token. */
function openAuth(): void {
  const { active } = useTabs.getState();
  if (active) showSection(active, "auth");
}

function wayOut(code: string): "trust" | "body" | "settings" | "again" | "approve" | "auth" | null {
  // "tls-other" is no certificate that could be let pass: an old version, or no TLS at all.
  if (code.startsWith("tls-") && code !== "tls-other") return "trust";
  if (code === "cross-origin-body") return "body";
  if (code.startsWith("timeout-") || code === "ca-file" || code === "proxy") return "settings";
  if (code === "not-approved") return "approve";
  if (code === "login-needed" || code === "login-failed" || code === "token") return "auth";
  return AGAIN.includes(code) ? "again" : null;
}

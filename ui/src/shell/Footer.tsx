import type { ReactNode } from "react";
import { GitBranch } from "../components/icons";
import { m } from "../messages";
import { type Overlay, useLayout } from "../stores/layout";
import { changeSettings, useSettings } from "../stores/settings";
import { useWorkspace } from "../stores/workspace";

const figures = new Intl.NumberFormat("en");

/** What is true of the workspace right now; what needs explaining opens its explanation. */
export function Footer() {
  const workspace = useWorkspace((s) => s.workspace);
  const { historyCount: history, keychain, playground } = useWorkspace();
  const { verifyTls, insecureHosts } = useSettings((s) => s.sending);
  const wrap = useSettings((s) => s.wrap);
  const hosts = insecureHosts.length;
  const tls = hosts > 0 ? m.footer.tlsSome(figures.format(hosts)) : m.footer.tlsVerified;
  return (
    <footer className="foot" aria-label={m.app.status}>
      {workspace?.branch ? (
        <span className="foot-item">
          <GitBranch size={12} aria-label={m.footer.branch} /> {workspace.branch}
        </span>
      ) : null}
      {workspace ? (
        <Opens
          overlay="keychain"
          warn={keychain.state !== "available" && keychain.state !== "checking"}
          title={keychain.message}
        >
          {m.footer.keychain[keychain.state]}
        </Opens>
      ) : null}
      <Opens overlay="security" warn={!verifyTls || hosts > 0} title={insecureHosts.join(", ")}>
        {verifyTls ? tls : m.footer.tlsOff}
      </Opens>
      {playground ? (
        <span className="foot-item" title={m.footer.playgroundHint} data-selectable>
          {m.footer.playground(playground.replace(/^https?:\/\//, ""))}
        </span>
      ) : null}
      <span className="foot-end">
        {workspace ? (
          <button
            type="button"
            className="foot-button"
            aria-pressed={wrap}
            title={m.footer.wrapHint}
            onClick={() => void changeSettings({ wrap: !wrap }).catch(() => undefined)}
          >
            {m.footer.wrap}
          </button>
        ) : null}
        {workspace && history !== null ? (
          <button
            type="button"
            className="foot-button"
            onClick={() => useLayout.setState({ place: "history", sidebar: true })}
          >
            {history === 1 ? m.footer.historyOne : m.footer.history(figures.format(history))}
          </button>
        ) : null}
      </span>
    </footer>
  );
}

interface OpensProps {
  overlay: Overlay;
  warn: boolean;
  title: string;
  children: ReactNode;
}

function Opens({ overlay, warn, title, children }: OpensProps) {
  return (
    <button
      type="button"
      className="foot-button"
      data-tone={warn ? "warn" : undefined}
      title={title || undefined}
      onClick={() => useLayout.setState({ overlay })}
    >
      {children}
    </button>
  );
}

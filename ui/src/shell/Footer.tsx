import { GitBranch } from "../components/icons";
import { m } from "../messages";
import { useSettings } from "../stores/settings";
import { useWorkspace } from "../stores/workspace";

const count = new Intl.NumberFormat("fr");

/** What is true of the workspace right now. */
export function Footer() {
  const branch = useWorkspace((s) => s.workspace?.branch);
  const history = useWorkspace((s) => (s.workspace ? s.historyCount : null));
  const keychain = useWorkspace((s) => s.keychain);
  const verified = useSettings((s) => s.sending.verifyTls);
  const trusted = useSettings((s) => s.sending.insecureHosts);
  const weak = keychain.state !== "available" && keychain.state !== "checking";
  return (
    <footer className="foot" aria-label={m.app.status}>
      {branch ? (
        <span className="foot-item">
          <GitBranch size={12} aria-label={m.footer.branch} /> {branch}
        </span>
      ) : null}
      <span className="foot-item" data-tone={weak ? "warn" : undefined} title={keychain.message}>
        {m.footer.keychain[keychain.state]}
      </span>
      <span
        className="foot-item"
        data-tone={verified && trusted.length === 0 ? undefined : "warn"}
        title={trusted.join(", ")}
      >
        {!verified
          ? m.footer.tlsOff
          : trusted.length
            ? m.footer.tlsOffFor(trusted.length)
            : m.footer.tlsVerified}
      </span>
      <span className="foot-end">
        {history === null ? null : <span>{m.footer.history(count.format(history).replace(/\s/g, " "))}</span>}
      </span>
    </footer>
  );
}

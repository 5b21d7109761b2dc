import { Button } from "../../components/Button";
import { ShieldAlert } from "../../components/icons";
import type { Exchange } from "../../ipc";
import { m } from "../../messages";
import { trustHost } from "../../stores/exchange";
import { useSettings } from "../../stores/settings";
import { hostOf } from "./Failure";

/** Says that the certificate of a host of this exchange is not verified, as long as that is so. */
export function Trusted({ exchange }: { exchange: Exchange }) {
  const trusted = useSettings((s) => s.sending.insecureHosts);
  const hosts = exchange.hops.map((hop) => hostOf(hop.url) ?? "");
  const named = trusted.find((each) =>
    hosts.some((host) => host === each || host.replace(/:\d+$/, "") === each),
  );
  if (named === undefined) return null;
  return (
    <div className="trusted" role="note">
      <ShieldAlert size={14} aria-hidden />
      <span>{m.response.untrusted(named)}</span>
      <Button kind="quiet" onPress={() => void trustHost(named, false).catch(() => undefined)}>
        {m.response.verifyAgain}
      </Button>
    </div>
  );
}

import type { FlowHop } from "../../ipc";
import { m } from "../../messages";
import { HopView } from "../response/timeline/HopView";
import { bars } from "../response/timeline/phases";

/** Every request of a flow, each as the timeline shows it. */
export function FlowHops({ hops }: { hops: readonly FlowHop[] }) {
  return (
    <details className="token-hops">
      <summary>{m.auth.token.hops(hops.length)}</summary>
      {hops.map(({ title, hop, answer, error }, at) => {
        const ends = bars(hop.timings).map((bar) => bar.from + bar.length);
        return (
          <details key={at} className="token-hop">
            <summary>
              <span>{title}</span>
              <small>{error ?? `${hop.status ?? ""} ${hop.reason}`.trim()}</small>
            </summary>
            <HopView hop={hop} title={title} total={Math.max(1, ...ends)} answer={answer} />
          </details>
        );
      })}
    </details>
  );
}

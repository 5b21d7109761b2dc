import { EmptyState } from "../../../components/EmptyState";
import type { Exchange } from "../../../ipc";
import { m } from "../../../messages";
import { duration } from "../figures";
import { HopView } from "./HopView";
import { bars, ticks } from "./phases";
import "./timeline.css";

/** Where the time of an exchange went, and what went over the wire. */
export function TimelineTab({ exchange }: { exchange: Exchange }) {
  const { timelinePart: words } = m.response;
  const { hops } = exchange;
  if (hops.length === 0) return <EmptyState title={words.none} hint={words.noneHint} />;
  const ends = hops.flatMap((hop) => bars(hop.timings)).map((bar) => bar.from + bar.length);
  const total = Math.max(exchange.durationUs, ...ends, 1);
  return (
    <div className="part-scroll timeline">
      <Scale total={total} />
      {hops.map((hop, at) => (
        <HopView key={at} hop={hop} title={words.hop(at + 1, hops.length)} total={total} />
      ))}
    </div>
  );
}

function Scale({ total }: { total: number }) {
  return (
    <div className="timeline-scale" aria-hidden>
      <span />
      <div className="timeline-track">
        {ticks(total).map((tick) => (
          <span key={tick} style={{ left: `${(tick / total) * 100}%` }}>
            {tick === 0 ? "0" : duration(tick)}
          </span>
        ))}
      </div>
      <span className="timeline-value">{duration(total)}</span>
    </div>
  );
}

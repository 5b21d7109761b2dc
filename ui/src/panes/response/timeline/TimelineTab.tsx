import { EmptyState } from "../../../components/EmptyState";
import { StatusBadge } from "../../../components/StatusBadge";
import type { Exchange, Hop } from "../../../ipc";
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
      {hops.length > 1 ? <Overview hops={hops} /> : null}
      <Scale total={total} />
      {hops.map((hop, at) => (
        <HopView key={at} hop={hop} title={words.hop(at + 1, hops.length)} total={total} />
      ))}
    </div>
  );
}

/** What each request came to, before the details of any. */
function Overview({ hops }: { hops: readonly Hop[] }) {
  const { timelinePart: words } = m.response;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit
    <ol role="list" className="timeline-overview" aria-label={words.overview(hops.length)}>
      {hops.map((hop, at) => (
        <li key={at}>
          <span className="timeline-number">{at + 1}</span>
          {hop.status === null ? (
            <span className="timeline-value">{words.noAnswer}</span>
          ) : (
            <StatusBadge status={hop.status} text={hop.reason} />
          )}
          <span className="timeline-outcome" title={hop.url}>
            {hop.challenge === null ? hop.url : words.sentAgain(hop.challenge)}
          </span>
        </li>
      ))}
    </ol>
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

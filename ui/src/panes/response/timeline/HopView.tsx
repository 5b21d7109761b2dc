import { MethodTag } from "../../../components/MethodTag";
import { StatusBadge } from "../../../components/StatusBadge";
import type { Hop } from "../../../ipc";
import { m } from "../../../messages";
import { bytes, duration } from "../figures";
import { Certificates } from "./Certificates";
import { bars } from "./phases";
import "./timeline.css";

/** The core keeps that much of a body; the text shown may be longer or shorter, for what is masked in it. */
const BODY_KEPT = 64 * 1024;

interface HopViewProps {
  hop: Hop;
  title: string;
  /** The whole time of the scale it stands in, in microseconds. */
  total: number;
  /** The answer's body, where it is not shown elsewhere. */
  answer?: string;
}

/** One request and its answer: where the time went, and what was on the wire. */
export function HopView({ hop, title, total, answer }: HopViewProps) {
  const { timelinePart: words } = m.response;
  const statusLine = hop.status === null ? "" : `${hop.httpVersion} ${hop.status} ${hop.reason}`.trim();
  const responseHead = [statusLine, ...hop.headers.map(({ name, value }) => `${name}: ${value}`)].join("\n");
  return (
    <section className="hop" aria-label={title}>
      <h3 className="hop-title">
        <MethodTag method={hop.method} loose />
        <span className="hop-url mono" data-selectable title={hop.url}>
          {hop.url}
        </span>
        {hop.status === null ? null : <StatusBadge status={hop.status} text={hop.reason} />}
      </h3>
      {hop.challenge === null ? null : (
        <p className="hop-note">{words.challenge(hop.status, hop.challenge)}</p>
      )}
      {/* biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit */}
      <ul role="list" className="hop-bars" aria-label={words.waterfall}>
        {bars(hop.timings).map(({ phase, from, length }) => (
          <li key={phase} className="timeline-scale">
            <span>{words[phase]}</span>
            <div className="timeline-track">
              <div
                className="timeline-bar"
                data-phase={phase}
                style={{ left: `${(from / total) * 100}%`, width: `max(1px, ${(length / total) * 100}%)` }}
              />
            </div>
            <span className="timeline-value">{duration(length)}</span>
          </li>
        ))}
      </ul>
      <dl className="hop-facts" data-selectable>
        <Fact name={words.remote} value={hop.reused ? `${hop.remote}, ${words.reused}` : hop.remote} />
        <Fact
          name={words.version}
          value={[hop.httpVersion, hop.tls?.version, hop.tls?.cipher].filter(Boolean).join(", ")}
        />
        {hop.status === null ? null : (
          <Fact
            name={words.onWire}
            value={`${bytes(hop.bodySize)}, ${bytes(hop.decodedSize)} ${words.decoded}`}
          />
        )}
        {hop.tls?.clientCertificate ? (
          <Fact name={words.clientCertificate} value={hop.tls.clientCertificate} />
        ) : null}
        {hop.dropped.length > 0 ? <Fact name={words.dropped} value={hop.dropped.join("; ")} /> : null}
      </dl>
      {hop.tls ? <Certificates tls={hop.tls} /> : null}
      <Wire
        title={hop.requestHeadExact ? words.requestExact : words.requestLike}
        text={hop.requestHead}
        open
      />
      {hop.requestBody ? (
        <Wire
          title={
            hop.requestBodySize > BODY_KEPT
              ? words.bodyStart(bytes(BODY_KEPT), bytes(hop.requestBodySize))
              : words.requestBody
          }
          text={hop.requestBody}
        />
      ) : null}
      {hop.status === null ? null : <Wire title={words.responseHead} text={responseHead} open />}
      {answer ? <Wire title={words.responseBody} text={answer} open /> : null}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return value === "" ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Wire({ title, text, open }: { title: string; text: string; open?: boolean }) {
  return (
    <details className="wire" open={open}>
      <summary>{title}</summary>
      <pre className="mono" data-selectable>
        {text.trimEnd()}
      </pre>
    </details>
  );
}

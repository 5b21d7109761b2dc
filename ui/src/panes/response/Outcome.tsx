import { StatusBadge } from "../../components/StatusBadge";
import type { Exchange } from "../../ipc";
import { m } from "../../messages";
import { bytes, duration } from "./figures";

/** Status, time and size of an exchange, in a row. */
export function Outcome({ exchange }: { exchange: Exchange }) {
  const { status, reason, httpVersion, durationUs, body, state } = exchange;
  const hop = exchange.hops.at(-1);
  const size = body?.size ?? hop?.decodedSize ?? 0;
  return (
    <div className="outcome" role="status" aria-label={m.response.outcome}>
      {status === null ? (
        <span className="status" data-tone="danger">
          {state === "cancelled" ? m.response.cancelled : m.response.failed}
        </span>
      ) : (
        <span title={httpVersion}>
          <StatusBadge status={status} text={reason} />
        </span>
      )}
      {status !== null && state !== "complete" ? (
        <span className="status" data-tone="warn">
          {state === "cancelled" ? m.response.cancelled : m.response.incomplete}
        </span>
      ) : null}
      <span className="response-figure" title={m.response.time}>
        {duration(durationUs)}
      </span>
      {status === null ? null : (
        <span
          className="response-figure"
          title={hop ? m.response.sizeOnWire(bytes(hop.bodySize), bytes(hop.decodedSize)) : m.response.size}
        >
          {bytes(size)}
        </span>
      )}
    </div>
  );
}

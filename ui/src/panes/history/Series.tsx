import { statusTone } from "../../components/StatusBadge";
import type { SeriesPoint } from "../../ipc";
import { m } from "../../messages";
import { openEntry } from "../../stores/history";
import { bytes, duration } from "../response/figures";
import { timeOf } from "./days";

const HEIGHT = 56;
const STEP = 12;

const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const when = (at: string) => `${short.format(new Date(at))} ${timeOf(at)}`;

/** Answers to the same request over time: bars for their times, and a list with their sizes. */
export function Series({ points, current }: { points: readonly SeriesPoint[]; current: string }) {
  if (points.length < 2) return null;
  const longest = Math.max(1, ...points.map((point) => point.durationUs));
  const words = m.history;
  return (
    <div className="series">
      <h3 className="part-title">{words.series}</h3>
      <svg
        className="series-chart"
        role="img"
        aria-label={words.seriesChart}
        width={points.length * STEP}
        height={HEIGHT}
      >
        {points.map((point, at) => {
          const height = Math.max(2, (point.durationUs / longest) * (HEIGHT - 2));
          return (
            <rect
              key={point.id}
              x={at * STEP}
              y={HEIGHT - height}
              width={STEP - 3}
              height={height}
              data-tone={point.status === null ? "danger" : statusTone(point.status)}
              data-current={point.id === current || undefined}
              onClick={() => void openEntry(point.id)}
            >
              <title>{line(point)}</title>
            </rect>
          );
        })}
      </svg>
      <ol className="series-list" aria-label={words.series}>
        {[...points].reverse().map((point) => (
          <li key={point.id}>
            <button
              type="button"
              aria-current={point.id === current || undefined}
              aria-label={line(point)}
              onClick={() => void openEntry(point.id)}
            >
              <span>{when(point.at)}</span>
              <span
                className="history-end"
                data-tone={point.status === null ? "danger" : statusTone(point.status)}
              >
                {point.status ?? words.failedState}
              </span>
              <span>{duration(point.durationUs)}</span>
              <span>{bytes(point.size)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function line({ at, status, durationUs, size }: SeriesPoint): string {
  const end = status === null ? m.history.failedState : String(status);
  return m.history.seriesLine(when(at), end, duration(durationUs), bytes(size));
}

import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { ProgressLine, Spinner } from "../../components/Progress";
import { m } from "../../messages";
import { cancel, type Running } from "../../stores/exchange";
import { bytes, duration } from "./figures";

const QUIET_FOR = 300;

/** What is happening to a request on its way, once that takes long enough to be asked. */
export function RunningNote({ tab, running }: { tab: string; running: Running }) {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const look = () => setElapsed(Date.now() - running.since);
    const first = setTimeout(look, QUIET_FOR);
    const timer = setInterval(look, 100);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [running.since]);
  const { phase, host, received, expected } = running;
  const words = running.cancelling ? m.response.cancelling : `${m.response.phases[phase]} ${host}`.trim();
  const fraction = expected && phase === "downloading" ? Math.min(1, received / expected) : null;
  return (
    <>
      <ProgressLine label={m.response.sending} fraction={fraction} />
      {elapsed < QUIET_FOR ? null : (
        <div className="running">
          <Spinner label={m.response.sending} />
          <span className="running-words" role="status">
            {words}
          </span>
          {received > 0 ? (
            <span className="running-figure">
              {m.response.received(bytes(received), expected === null ? null : bytes(expected))}
            </span>
          ) : null}
          <span className="running-figure">{duration(Math.floor(elapsed / 100) * 100_000)}</span>
          <Button disabled={running.cancelling} onPress={() => void cancel(tab).catch(() => undefined)}>
            {m.response.cancel}
          </Button>
        </div>
      )}
    </>
  );
}

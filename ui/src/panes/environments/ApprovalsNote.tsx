import { useEffect } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { m } from "../../messages";
import { approve, readApprovals, useApprovals } from "../../stores/approvals";

const words = m.sources;

/** What the workspace wants done on this machine: what waits for an answer, and what was allowed. */
export function ApprovalsNote() {
  const list = useApprovals((s) => s.list) ?? [];
  useEffect(() => void readApprovals().catch(() => undefined), []);
  const waiting = list.filter((each) => !each.approved);
  const allowed = list.filter((each) => each.approved);
  return (
    <>
      {waiting.map(({ command }) => (
        <ErrorNote key={command} tone="warn" message={words.wants(command)} hint={words.wantsHint}>
          <Button label={words.approve(command)} onPress={() => useApprovals.setState({ asking: command })}>
            {words.approveShort}
          </Button>
        </ErrorNote>
      ))}
      {allowed.length > 0 ? (
        <details className="approvals">
          <summary>{words.allowed(allowed.length)}</summary>
          {/* biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit */}
          <ul role="list" aria-label={words.allowed(allowed.length)}>
            {allowed.map(({ command }) => (
              <li key={command}>
                <span className="mono" data-selectable>
                  {command}
                </span>
                <Button small label={words.forbid(command)} onPress={() => void approve(command, false)}>
                  {words.forbidShort}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

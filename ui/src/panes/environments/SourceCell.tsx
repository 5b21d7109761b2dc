import { useEffect } from "react";
import { sourceSummary } from "../../auth/sources";
import { Button } from "../../components/Button";
import type { SecretSource } from "../../ipc";
import { m } from "../../messages";
import { readApprovals, useApprovals } from "../../stores/approvals";

const words = m.sources;

interface SourceCellProps {
  name: string;
  source: SecretSource;
  onAsk(command: string): void;
}

/** Where a secret is fetched from, in a line; a command that may not run yet says so. */
export function SourceCell({ name, source, onAsk }: SourceCellProps) {
  const command = source.type === "command" ? source.command : null;
  const asked = useApprovals((s) => s.byCommand);
  useEffect(() => {
    if (command !== null) void readApprovals().catch(() => undefined);
  }, [command]);
  const waits = command !== null && asked !== null && !asked[command];
  const said = words.from(words.kinds[source.type], sourceSummary(source));
  return (
    <>
      <span className="secret-state" data-waits={waits || undefined} title={said}>
        {waits ? words.notApproved : said}
      </span>
      {waits && command ? (
        <Button small label={words.approve(name)} onPress={() => onAsk(command)}>
          {words.approveShort}
        </Button>
      ) : null}
    </>
  );
}

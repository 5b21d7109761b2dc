import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { Kbd } from "../../components/Kbd";
import { keysOf } from "../../keys";
import { m } from "../../messages";
import { runCommand } from "../../stores/commands";
import { useSettings } from "../../stores/settings";

/** Where the request would be, when none is open. */
export function NoRequest() {
  const keys = useSettings((s) => keysOf("newRequest", s.keys)[0]);
  return (
    <EmptyState title={m.tabs.none} hint={m.tabs.noneHint}>
      <Button label={m.tabs.new} onPress={() => runCommand("newRequest")}>
        {m.tabs.new}
        {keys ? <Kbd keys={keys} /> : null}
      </Button>
    </EmptyState>
  );
}

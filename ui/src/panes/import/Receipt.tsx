import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { ReceiptEntry } from "../../components/ReceiptEntry";
import { VirtualList } from "../../components/VirtualList";
import type { ReceiptOutcome } from "../../ipc";
import { m } from "../../messages";
import { useReceipt } from "./useReceipt";

const words = m.importing.receipt;

interface ReceiptProps {
  id: string;
  outcome: ReceiptOutcome | null;
  /** Only lines about this item. */
  node: number | null;
}

/** What became of each part. */
export function Receipt({ id, outcome, node }: ReceiptProps) {
  const { total, failed, need, again, lineAt } = useReceipt(id, outcome, node);
  if (failed)
    return (
      <ErrorNote message={failed.message} hint={failed.hint}>
        <Button onPress={again}>{m.common.retry}</Button>
      </ErrorNote>
    );
  if (total === null) return null;
  if (total === 0) return <EmptyState title={words.none[outcome ?? "all"]} />;
  return (
    <VirtualList
      label={words.lines}
      role="list"
      count={total}
      height={46}
      onView={need}
      render={(at) => {
        const line = lineAt(at);
        const before = at === 0 ? undefined : lineAt(at - 1);
        return line ? (
          <ReceiptEntry line={line} withPlace={line.place !== (before?.place ?? null)} />
        ) : (
          <div className="receipt-line" aria-busy />
        );
      }}
    />
  );
}

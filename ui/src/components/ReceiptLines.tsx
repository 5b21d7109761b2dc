import { ReceiptEntry, type ReceiptEntryProps } from "./ReceiptEntry";
import { VirtualList } from "./VirtualList";

interface ReceiptLinesProps {
  label: string;
  lines: readonly ReceiptEntryProps["line"][];
}

/** Lines of a receipt that are all here. */
export function ReceiptLines({ label, lines }: ReceiptLinesProps) {
  return (
    <VirtualList
      label={label}
      role="list"
      count={lines.length}
      height={46}
      render={(at) => {
        const line = lines[at];
        return line ? (
          <ReceiptEntry line={line} withPlace={line.place !== (lines[at - 1]?.place ?? null)} />
        ) : null;
      }}
    />
  );
}

import { ReceiptLines } from "../../components/ReceiptLines";
import type { ReceiptLine } from "../../ipc";

interface ExportLinesProps {
  title: string;
  /** Said quietly beside the title. */
  aside?: string;
  lines: readonly ReceiptLine[];
}

/** What comes out differently, or not at all. */
export function ExportLines({ title, aside, lines }: ExportLinesProps) {
  return (
    <>
      <h3 className="export-part export-title">
        <span>{title}</span>
        {aside ? <small>{aside}</small> : null}
      </h3>
      {lines.length > 0 ? (
        <div className="export-list">
          <ReceiptLines label={title} lines={lines} />
        </div>
      ) : null}
    </>
  );
}

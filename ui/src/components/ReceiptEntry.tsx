import { m } from "../messages";
import { ArrowRightLeft, Ban, Check } from "./icons";
import "./ReceiptEntry.css";

export interface ReceiptEntryProps {
  line: {
    outcome: "kept" | "converted" | "notCarried";
    place: string;
    item: string;
    note: string;
    original: string;
  };
  /** The line before is about something else: say what this one is about. */
  withPlace: boolean;
}

const ICONS = { kept: Check, converted: ArrowRightLeft, notCarried: Ban };

/** What became of one part of a source: kept, converted (how), or not carried (why). */
export function ReceiptEntry({ line, withPlace }: ReceiptEntryProps) {
  const { outcome, place, item, note, original } = line;
  const words = m.importing.receipt;
  const Icon = ICONS[outcome];
  const icon = <Icon size={13} role="img" aria-label={words.outcomes[outcome]} />;
  // An item that came whole is one line, and the heading of what else there is to say about it.
  if (withPlace && outcome === "kept" && place && !note && !original)
    return (
      <div className="receipt-line" data-outcome={outcome} data-selectable>
        <div className="receipt-part receipt-whole">
          {icon}
          <span className="receipt-place">{place}</span>
          <span className="receipt-note">{item}</span>
        </div>
      </div>
    );
  return (
    <div className="receipt-line" data-outcome={outcome} data-selectable>
      {withPlace ? <p className="receipt-place">{place || words.whole}</p> : null}
      <div className="receipt-part" data-below={place ? true : undefined}>
        {icon}
        <div className="receipt-text">
          <span className="receipt-item">{item}</span>
          {note ? <span className="receipt-note">{note}</span> : null}
          {original ? <span className="receipt-original">{words.original(original)}</span> : null}
        </div>
      </div>
    </div>
  );
}

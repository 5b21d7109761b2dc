import { m } from "../../messages";
import type { Exporting } from "./useExport";

/** The formats to export to. */
export function FormatList({ exporting }: { exporting: Exporting }) {
  return (
    <nav className="dialog-side" aria-label={m.exporting.formats}>
      <div className="dialog-list">
        {exporting.formats?.map((format) => (
          <button
            key={format.id}
            type="button"
            className="dialog-line"
            aria-current={format.id === exporting.format?.id}
            onClick={() => exporting.choose(format)}
          >
            <span>{format.name}</span>
            <small>{format.folder ? m.exporting.folder : `.${format.fileExtension}`}</small>
          </button>
        ))}
      </div>
    </nav>
  );
}

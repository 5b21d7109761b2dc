import { useEffect } from "react";
import { FileDown } from "../../components/icons";
import { m } from "../../messages";
import { offerImports, useDrops } from "./drops";
import "./DropVeil.css";

/** Says what a file held over the window would do; hears drops and pastes for the whole window. */
export function DropVeil() {
  const over = useDrops((s) => s.over);
  useEffect(() => offerImports(), []);
  if (!over) return null;
  return (
    <div className="drop-veil" role="status">
      <div className="drop-veil-box">
        <FileDown size={24} strokeWidth={1.5} aria-hidden />
        <p>{m.importing.veil}</p>
        <p className="form-hint">{m.importing.veilHint}</p>
      </div>
    </div>
  );
}

import { create } from "zustand";
import type { DropRefusal } from "../../ipc";
import { listenToDrops } from "../../ipc/drops";
import { askToImport, useTransfer } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";
import { looksLikeCollection } from "./formats";

/** Files that are held over the window, and why the last ones could not be taken. */
export const useDrops = create<{ over: boolean; refused: DropRefusal | null }>(() => ({
  over: false,
  refused: null,
}));

const isField = (element: Element | null) =>
  element?.closest("input, textarea, [contenteditable=true], [contenteditable='']") != null;

/** Offers to import what is dropped on the window, or pasted where no text belongs. Returns the undo. */
export function offerImports(target: Window = window): () => void {
  const fresh = () => useWorkspace.getState().workspace === null;
  const undo = listenToDrops(
    {
      over: (over) => useDrops.getState().over !== over && useDrops.setState({ over }),
      dropped: (from) => {
        useDrops.setState({ refused: null });
        askToImport({ from, fresh: fresh() });
      },
      refused: (refused) => {
        if (!useTransfer.getState().importing) askToImport({ fresh: fresh() });
        useDrops.setState({ refused });
      },
    },
    target,
  );
  const onPaste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isField(event.target as Element | null)) return;
    if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!looksLikeCollection(text)) return;
    event.preventDefault();
    askToImport({ from: { type: "text", text }, fresh: fresh() });
  };
  target.addEventListener("paste", onPaste);
  return () => {
    undo();
    target.removeEventListener("paste", onPaste);
  };
}

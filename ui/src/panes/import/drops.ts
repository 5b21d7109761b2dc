import { create } from "zustand";
import type { ImportFrom } from "../../ipc";
import { isField, listenToDrops } from "../../ipc/drops";
import { askToImport, useTransfer } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";
import { looksLikeCollection, looksLikeDescription } from "./formats";

/** Whether files are held over the window. */
export const useDrops = create<{ over: boolean }>(() => ({ over: false }));

/** Where a text from elsewhere says that something to import is; null when it says nothing of the kind. */
function foundIn(text: string): ImportFrom | null {
  if (looksLikeDescription(text)) return { type: "url", url: text.trim() };
  return looksLikeCollection(text) ? { type: "text", text } : null;
}

/** Offers to import what is dropped on the window, or pasted where no text belongs. Returns the undo. */
export function offerImports(target: Window = window): () => void {
  const offer = (from: ImportFrom) => {
    // What is being written is not to be lost sight of.
    if (useTransfer.getState().isWriting) return;
    askToImport({ from, fresh: useWorkspace.getState().workspace === null });
  };
  const undo = listenToDrops(
    {
      over: (over) => useDrops.getState().over !== over && useDrops.setState({ over }),
      dropped: offer,
      droppedText: (text) => {
        const from = foundIn(text);
        if (from) offer(from);
      },
    },
    target,
  );
  const onPaste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isField(event.target)) return;
    if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
    const from = foundIn(event.clipboardData?.getData("text/plain") ?? "");
    if (!from) return;
    event.preventDefault();
    offer(from);
  };
  target.addEventListener("paste", onPaste);
  return () => {
    undo();
    target.removeEventListener("paste", onPaste);
  };
}

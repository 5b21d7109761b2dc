import { backend } from ".";
import type { ImportFrom } from "./generated/commands";

/** Why a dropped thing cannot be taken in from where it is. */
export type DropRefusal = "folder" | "binary" | "large" | "many" | "unreadable";

/** Who takes files that are dropped on the window. */
export interface DropListener {
  /** Files are held over the window, or no longer. */
  over(isOver: boolean): void;
  dropped(from: ImportFrom): void;
  refused(why: DropRefusal): void;
}

/** A text this long is read from its file instead. */
const LONGEST = 64 * 2 ** 20;

/** Hears what is dropped on the window. Returns the undo. */
export function listenToDrops(listener: DropListener, target: Window = window): () => void {
  const paths = backend().drops?.(listener);
  const onOver = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    listener.over(true);
  };
  // Also told on the way from one thing to the next inside the window.
  const onLeave = (event: DragEvent) => event.relatedTarget === null && listener.over(false);
  const onDrop = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    listener.over(false);
    void take(event.dataTransfer as DataTransfer, listener);
  };
  target.addEventListener("dragenter", onOver);
  target.addEventListener("dragover", onOver);
  target.addEventListener("dragleave", onLeave);
  target.addEventListener("drop", onDrop);
  return () => {
    target.removeEventListener("dragenter", onOver);
    target.removeEventListener("dragover", onOver);
    target.removeEventListener("dragleave", onLeave);
    target.removeEventListener("drop", onDrop);
    paths?.();
  };
}

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** A web view that tells no paths hands over what is in the file; that does for one text. */
async function take(data: DataTransfer, listener: DropListener): Promise<void> {
  const paths = pathsIn(data.getData("text/uri-list"));
  if (paths.length > 0) return listener.dropped({ type: "paths", paths });
  const isFolder = [...data.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
  const [file, ...others] = data.files;
  if (isFolder) return listener.refused("folder");
  if (!file) return listener.refused("unreadable");
  if (others.length > 0) return listener.refused("many");
  if (file.size > LONGEST) return listener.refused("large");
  try {
    const text = textOf(new Uint8Array(await file.arrayBuffer()));
    if (text === null) listener.refused("binary");
    else listener.dropped({ type: "text", text });
  } catch {
    listener.refused("unreadable");
  }
}

/** Paths of `file:` addresses, one on each line. */
export function pathsIn(list: string): string[] {
  return list.split(/\r?\n/).flatMap((line) => {
    if (!line.startsWith("file://")) return [];
    try {
      const path = decodeURIComponent(new URL(line).pathname);
      // A drive of Windows has a slash before it in an address.
      return [path.replace(/^\/(?=[A-Za-z]:)/, "")];
    } catch {
      return [];
    }
  });
}

/** The bytes as text; null when they are none. */
export function textOf(bytes: Uint8Array): string | null {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : null;
  const text = new TextDecoder(wide ?? "utf-8").decode(bytes);
  return text.slice(0, 4096).includes("\0") || text.startsWith("PK\u0003\u0004") ? null : text;
}

import { backend } from ".";
import type { ImportFrom } from "./generated/commands";

/** Who takes what is dropped on the window. */
export interface DropListener {
  /** Files are held over the window, or no longer. */
  over(isOver: boolean): void;
  /** Files, folders or a link. */
  dropped(from: ImportFrom): void;
  /** A text from elsewhere, dropped where no text belongs. */
  droppedText(text: string): void;
}

/** Whether text goes in there by itself. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input, textarea, [contenteditable=true], [contenteditable='']") !== null;

/**
 * Hears what is dropped on the window. Returns the undo.
 *
 * Files are told by the system, with their paths; to the page they come without. The page still has
 * to say that it wants them, or the system refuses the drop before it tells of it.
 */
export function listenToDrops(listener: DropListener, target: Window = window): () => void {
  const paths = backend().drops?.(listener);
  /** What is dragged began in this page: a piece of an answer is not to be imported. */
  let isOwn = false;
  const onStart = () => {
    isOwn = true;
  };
  const onEnd = () => {
    isOwn = false;
  };
  const onOver = (event: DragEvent) => {
    if (isOwn || !wants(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  };
  const onDrop = (event: DragEvent) => {
    if (isOwn || !wants(event)) return;
    event.preventDefault();
    const text = event.dataTransfer?.getData("text/plain") ?? "";
    if (text !== "" && !holdsFiles(event)) listener.droppedText(text);
  };
  target.addEventListener("dragstart", onStart);
  target.addEventListener("dragend", onEnd);
  target.addEventListener("dragenter", onOver);
  target.addEventListener("dragover", onOver);
  target.addEventListener("drop", onDrop);
  return () => {
    target.removeEventListener("dragstart", onStart);
    target.removeEventListener("dragend", onEnd);
    target.removeEventListener("dragenter", onOver);
    target.removeEventListener("dragover", onOver);
    target.removeEventListener("drop", onDrop);
    paths?.();
  };
}

const holds = (event: DragEvent, type: string) => event.dataTransfer?.types.includes(type) ?? false;
// Where a file comes from decides which of the two it is called.
const holdsFiles = (event: DragEvent) => holds(event, "Files") || holds(event, "text/uri-list");
const wants = (event: DragEvent) =>
  holdsFiles(event) || (holds(event, "text/plain") && !isField(event.target));

/** What to import of what the system tells: paths, or the address of a dragged link. */
export function fromPaths(told: readonly string[]): ImportFrom | null {
  const [link] = told.filter((each) => /^https?:\/\//i.test(each));
  const paths = told.filter((each) => !/^[a-z][a-z0-9+.-]+:/i.test(each));
  if (paths.length > 0) return { type: "paths", paths };
  return link === undefined ? null : { type: "url", url: link };
}

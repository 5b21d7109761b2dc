import { backend } from "../../../ipc";

/** As many lines as are copied at once; the rest belongs in a file. */
export const MOST_COPIED_ROWS = 200_000;

/** Copies the first rows of a view. Returns how many were copied. */
export async function copyRows(view: string, rows: number): Promise<number> {
  const to = Math.min(rows, MOST_COPIED_ROWS);
  const { text } = await backend().call("textOf", { view, from: 0, to });
  await copyText(text);
  return to;
}

/** Puts text on the clipboard. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A web view may refuse once the press is too long ago; the old way does not ask.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

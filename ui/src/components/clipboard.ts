/** What web views without the newer interface still understand. */
function copySelected(text: string): void {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!isDone) throw new Error("The system's clipboard took nothing.");
}

/**
 * Puts text on the clipboard. WebKit allows it only while the click or key press is being handled; text
 * that is still being made is therefore handed over as a promise.
 */
export async function copyText(text: string | Promise<string>): Promise<void> {
  try {
    if (typeof text === "string") return await navigator.clipboard.writeText(text);
    const blob = text.then((made) => new Blob([made], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch {
    // What went wrong with the text itself is the caller's to tell.
    copySelected(await text);
  }
}

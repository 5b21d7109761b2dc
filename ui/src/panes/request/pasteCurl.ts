import type { ClipboardEvent } from "react";
import { asCommandError, backend } from "../../ipc";
import { inStep } from "../../request/params";
import { editDraft, useDrafts } from "../../stores/drafts";
import { note } from "../../stores/notes";
import { askToImport } from "../../stores/transfer";
import { looksLikeCollection } from "../import/formats";

// The command, or what browsers copy "as PowerShell".
const CURL =
  /^\s*(?:(?:[$>%]\s+)?curl(?:\.exe)?\s|Invoke-(?:WebRequest|RestMethod)\s|\$session\s*=\s*New-Object\s+Microsoft\.PowerShell\.Commands\.WebRequestSession)/i;

/** A curl command pasted where a URL belongs fills the whole request; it can be taken back. */
export function pasteCurl(tab: string, event: ClipboardEvent<HTMLInputElement>): void {
  const text = event.clipboardData.getData("text/plain");
  if (!CURL.test(text)) {
    // A collection fits no URL; it may have been meant to be imported.
    if (!text.includes("\n") || !looksLikeCollection(text)) return;
    event.preventDefault();
    askToImport({ from: { type: "text", text } });
    return;
  }
  event.preventDefault();
  void fillFrom(tab, text.trim().replace(/^[$>%]\s+/, ""));
}

async function fillFrom(tab: string, text: string): Promise<void> {
  const before = useDrafts.getState()[tab]?.request;
  if (!before) return;
  try {
    const parsed = await backend().call("parseCurl", { text });
    const { method, url, params, headers, body, auth, settings } = inStep(parsed.request);
    // Its name, place, docs and checks stay: a command line has nothing to say about them.
    const name = before.name || parsed.request.name;
    editDraft(tab, { name, method, url, params, headers, body, auth, settings });
    note(tab, { curl: { notes: parsed.notes, before, error: null } });
  } catch (thrown) {
    note(tab, { curl: { notes: [], before, error: asCommandError(thrown) } });
  }
}

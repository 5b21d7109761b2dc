import { create } from "zustand";
import { backend, type Request, type RequestDoc } from "../ipc";
import { changeTab, useTabs } from "./tabs";

/** What is typed in one tab. */
export interface DraftState {
  request: Request;
  /** As last saved; `null` when never. */
  saved: Request | null;
  revision: string | null;
}

/** Requests being edited, by tab id. */
export const useDrafts = create<Record<string, DraftState>>(() => ({}));

/** A request with nothing in it. */
export function emptyRequest(name: string): Request {
  return {
    name,
    description: "",
    seq: null,
    tags: [],
    method: "GET",
    url: "",
    params: [],
    headers: [],
    body: { type: "none" },
    auth: { type: "inherit" },
    variables: [],
    checks: [],
    captures: [],
    scripts: [],
    settings: {
      encodeUrl: null,
      timeoutMs: null,
      followRedirects: null,
      maxRedirects: null,
      forwardAuthorization: null,
      verifyTls: null,
      useCookies: null,
      httpVersion: null,
    },
    docs: "",
  };
}

/** Puts what was read from disk into a tab. */
export function loadDraft(tab: string, doc: RequestDoc): void {
  useDrafts.setState({ [tab]: { request: doc.request, saved: doc.request, revision: doc.revision } });
}

const KEEP_AFTER = 400;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Changes a request as typed: marks the tab, and keeps the draft with the core a moment later. */
export function editDraft(tab: string, part: Partial<Request>): void {
  const draft = useDrafts.getState()[tab];
  if (!draft) return;
  const request = { ...draft.request, ...part };
  useDrafts.setState({ [tab]: { ...draft, request } });
  const open = useTabs.getState().tabs.find((each) => each.id === tab);
  if (open && (!open.unsaved || open.method !== request.method))
    useTabs.setState((state) => changeTab(state, tab, { unsaved: true, method: request.method }));
  clearTimeout(timers.get(tab));
  timers.set(
    tab,
    setTimeout(() => void keepDraft(tab, open?.path ?? null), KEEP_AFTER),
  );
}

async function keepDraft(tab: string, path: string | null): Promise<void> {
  const draft = useDrafts.getState()[tab];
  if (!draft) return;
  const kept = { tab, path, baseRevision: draft.revision, request: draft.request };
  // The core tells through `watch` when it cannot write; what is typed stays here in any case.
  await backend()
    .call("saveDraft", { draft: kept })
    .catch(() => undefined);
}

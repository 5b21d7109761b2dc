import { create } from "zustand";
import { backend, type ImportFrom, type Request } from "../ipc";
import { useDrafts } from "./drafts";
import { outermost } from "./places";
import { useTabs } from "./tabs";

/** Something that is to be brought in. */
export interface ImportAsk {
  /** Where it is, when that is known already. */
  from: ImportFrom | null;
  /** The folder of the open workspace that it is to go into; empty for its top. */
  into: string;
  /** A workspace of its own is what was asked for. */
  fresh: boolean;
}

/** A request that is to be shown as code: as typed, and where its file is. */
export interface CodeAsk {
  request: Request;
  path: string | null;
}

interface TransferState {
  importing: ImportAsk | null;
  /** Counts up with each thing to import, so that a second one takes the place of the first. */
  asked: number;
  /** An import is being written. */
  isWriting: boolean;
  /** Paths to export; `""` is everything. */
  exporting: readonly string[] | null;
  coding: CodeAsk | null;
  /** The linked folder whose description is compared, and with what; null is the remembered one. */
  comparing: { folder: string; from: ImportFrom | null } | null;
}

/** What is being brought in or taken out: the dialogs over the window. */
export const useTransfer = create<TransferState>(() => ({
  importing: null,
  asked: 0,
  isWriting: false,
  exporting: null,
  coding: null,
  comparing: null,
}));

/** Opens the import; what was in it before gives way. */
export function askToImport(ask: Partial<ImportAsk> = {}): void {
  const importing = { from: null, into: "", fresh: false, ...ask };
  useTransfer.setState((s) => ({ importing, asked: s.asked + 1 }));
}

/** Opens the export of items; nothing chosen is everything. */
export function askToExport(paths: readonly string[]): void {
  useTransfer.setState({ exporting: paths.length > 0 ? outermost(paths) : [""] });
}

/** Shows a saved request as code: as typed, where it is open, or as its file says. */
export async function askForCode(path: string): Promise<void> {
  const tab = useTabs.getState().tabs.find((each) => each.path === path);
  const typed = tab && useDrafts.getState()[tab.id]?.request;
  const request = typed ?? (await backend().call("readRequest", { path })).request;
  useTransfer.setState({ coding: { request, path } });
}

/** Shows the request of a tab as code. */
export function codeOfTab(tab: string): void {
  const request = useDrafts.getState()[tab]?.request;
  const path = useTabs.getState().tabs.find((each) => each.id === tab)?.path ?? null;
  if (request) useTransfer.setState({ coding: { request, path } });
}

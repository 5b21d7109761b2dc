import { useEffect, useRef, useState } from "react";
import {
  type ApplyImport,
  asCommandError,
  backend,
  type CommandError,
  type Imported,
  type ImportFrom,
  type ImportPreview,
} from "../../ipc";
import { m } from "../../messages";
import { showImported } from "../../stores/imported";
import { type ImportAsk, useTransfer } from "../../stores/transfer";

export type Stage =
  | { at: "source" }
  /** Something is read; `what` says it in words. */
  | { at: "reading"; what: string }
  | { at: "preview"; preview: ImportPreview; version: number; fetching: string | null }
  | { at: "writing"; preview: ImportPreview; version: number; count: number; secrets: number }
  /** The core keeps the receipt until the dialog is gone. */
  | { at: "done"; imported: Imported; preview: ImportPreview };

export interface Importing {
  stage: Stage;
  /** What was read last, so that it can be read another way. */
  from: ImportFrom | null;
  failed: CommandError | null;
  read(from: ImportFrom, format?: string | null): void;
  /** Back to where it comes from. */
  back(): void;
  fetch(hosts: string[]): void;
  apply(args: Omit<ApplyImport, "id">, count: number): void;
}

/** What a source is called while it is read. */
export function named(from: ImportFrom): string {
  if (from.type === "text") return m.importing.text;
  if (from.type === "url") return from.url;
  return from.paths.map((path) => path.split(/[\\/]/).findLast((part) => part !== "") ?? path).join(", ");
}

const forget = (id: string) =>
  void backend()
    .call("dropImport", { id })
    .catch(() => undefined);

/** One import from its source to what was written. Nothing is written before `apply`. */
export function useImport(ask: ImportAsk): Importing {
  const [stage, setStage] = useState<Stage>({ at: "source" });
  const [from, setFrom] = useState<ImportFrom | null>(ask.from);
  const [failed, setFailed] = useState<CommandError | null>(null);
  /** Counts up, so that an answer nobody waits for any more is dropped. */
  const turn = useRef(0);
  const held = useRef<string | null>(null);
  const hold = (id: string | null) => {
    if (held.current !== null && held.current !== id) forget(held.current);
    held.current = id;
  };

  const read = async (source: ImportFrom, format: string | null = null) => {
    const mine = ++turn.current;
    setFrom(source);
    setFailed(null);
    setStage({ at: "reading", what: named(source) });
    try {
      const preview = await backend().call("previewImport", { from: source, format });
      if (turn.current !== mine) return forget(preview.id);
      hold(preview.id);
      setStage({ at: "preview", preview, version: mine, fetching: null });
    } catch (thrown) {
      if (turn.current !== mine) return;
      hold(null);
      setFailed(asCommandError(thrown));
      setStage({ at: "source" });
    }
  };

  const fetch = async (hosts: string[]) => {
    if (stage.at !== "preview") return;
    const mine = ++turn.current;
    const { preview: before } = stage;
    setFailed(null);
    setStage({ ...stage, fetching: hosts.join(", ") });
    try {
      const preview = await backend().call("fetchForImport", { id: before.id, hosts });
      if (turn.current !== mine) return;
      hold(preview.id);
      setStage({ at: "preview", preview, version: mine, fetching: null });
    } catch (thrown) {
      if (turn.current !== mine) return;
      setFailed(asCommandError(thrown));
      setStage({ ...stage, fetching: null });
    }
  };

  const apply = async (args: Omit<ApplyImport, "id">, count: number) => {
    if (stage.at !== "preview") return;
    const { preview, version } = stage;
    setFailed(null);
    const secrets = args.secrets.filter((each) => each.keep).length;
    setStage({ at: "writing", preview, version, count, secrets });
    useTransfer.setState({ isWriting: true });
    try {
      const imported = await backend().call("applyImport", { ...args, id: preview.id });
      setStage({ at: "done", imported, preview });
      await showImported(imported);
    } catch (thrown) {
      setFailed(asCommandError(thrown));
      // Once it is written there is nothing to go back to.
      setStage((now) => (now.at === "writing" ? stage : now));
    }
    useTransfer.setState({ isWriting: false });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, and when the dialog is gone
  useEffect(() => {
    // An address that was pasted is shown before anything is fetched from it.
    if (ask.from && ask.from.type !== "url") void read(ask.from);
    return () => {
      turn.current += 1;
      hold(null);
    };
  }, []);

  return {
    stage,
    from,
    failed,
    read: (source, format) => void read(source, format),
    back: () => {
      turn.current += 1;
      hold(null);
      setFailed(null);
      setStage({ at: "source" });
    },
    fetch: (hosts) => void fetch(hosts),
    apply: (args, count) => void apply(args, count),
  };
}

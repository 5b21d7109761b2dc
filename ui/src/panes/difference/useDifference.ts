import { useEffect, useRef, useState } from "react";
import {
  type ApiChange,
  type ApiDifference,
  asCommandError,
  backend,
  type CommandError,
  type ImportFrom,
} from "../../ipc";
import { showImported } from "../../stores/imported";
import { itemChanged } from "../../stores/tabLife";
import { takeEvent, useWorkspace } from "../../stores/workspace";

export type Group = "added" | "changed" | "gone";
export const GROUPS: readonly Group[] = ["added", "changed", "gone"];

export type Stage =
  | { at: "reading" }
  | { at: "failed"; failed: CommandError }
  | { at: "shown"; difference: ApiDifference; failed: CommandError | null; isApplying: boolean }
  | { at: "done"; count: number };

/** What a description says otherwise than a folder, and taking it over. */
export function useDifference(folder: string, from: ImportFrom | null) {
  const [stage, setStage] = useState<Stage>({ at: "reading" });
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const turn = useRef(0);
  const read = async (source: ImportFrom | null) => {
    const mine = ++turn.current;
    setStage({ at: "reading" });
    try {
      const difference = await backend().call("openApiDifference", { folder, from: source });
      if (turn.current !== mine) return;
      // What would delete something waits to be asked for.
      setChosen(new Set([...difference.added, ...difference.changed].map((change) => change.id)));
      setStage({ at: "shown", difference, failed: null, isApplying: false });
    } catch (thrown) {
      if (turn.current === mine) setStage({ at: "failed", failed: asCommandError(thrown) });
    }
  };
  const apply = async () => {
    if (stage.at !== "shown") return;
    const { difference } = stage;
    const changes = [...chosen].sort((a, b) => a - b);
    setStage({ ...stage, failed: null, isApplying: true });
    try {
      const imported = await backend().call("applyApiDifference", { id: difference.id, changes });
      setStage({ at: "done", count: changes.length });
      const pathsOf = (list: readonly ApiChange[]) =>
        list.flatMap(({ id, path }) => (path !== null && chosen.has(id) ? [path] : []));
      // Tabs of what changed read their files again; a request that is gone has none.
      for (const path of pathsOf(difference.changed)) itemChanged(path, "");
      const gone = new Set(pathsOf(difference.gone));
      for (const path of gone) itemChanged(path, null);
      // The watch does not tell of what this app deletes itself.
      const nodes = useWorkspace.getState().workspace?.nodes ?? [];
      if (gone.size > 0) takeEvent({ type: "tree", nodes: nodes.filter(({ path }) => !gone.has(path)) });
      await showImported(imported);
    } catch (thrown) {
      setStage((now) =>
        now.at === "shown" ? { ...now, failed: asCommandError(thrown), isApplying: false } : now,
      );
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what the dialog was opened for
  useEffect(() => {
    void read(from);
    return () => {
      turn.current += 1;
    };
  }, []);
  return {
    stage,
    chosen,
    read: (source: ImportFrom | null) => void read(source),
    apply: () => void apply(),
    choose: (changes: readonly ApiChange[], on: boolean) =>
      setChosen((now) => {
        const next = new Set(now);
        for (const { id } of changes) on ? next.add(id) : next.delete(id);
        return next;
      }),
  };
}

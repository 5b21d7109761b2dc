import { useEffect, useState } from "react";
import { create } from "zustand";
import { type VariableInfo, type Variables, variablesOf } from "../components/template/variables";
import { backend, type DynamicVariable, type Request } from "../ipc";
import { m } from "../messages";
import { useDrafts } from "./drafts";
import { useExchanges } from "./exchange";
import { useWorkspace } from "./workspace";

/** Before the core has answered nothing is called undefined. */
const NOT_YET: Variables = {
  find: (name) => ({ name, value: "…", origin: m.common.loading }),
  complete: () => [],
};

let dynamic: Promise<VariableInfo[]> | null = null;

/** The variables that are made at each use; asked for once. */
function dynamicVariables(): Promise<VariableInfo[]> {
  dynamic ??= backend()
    .call("dynamicVariables", {})
    .then((list) => list.map(asInfo))
    .catch(() => {
      dynamic = null;
      return [];
    });
  return dynamic;
}

const asInfo = ({ name, description }: DynamicVariable): VariableInfo => ({
  name,
  value: description,
  origin: m.variable.dynamic,
});

/** Counts what this window itself did to variables; the core tells only of changes made elsewhere. */
const useChanges = create(() => ({ count: 0 }));

/** To be called after a variable was made or its value set outside the environments' dialog. */
export const variablesChanged = (): void => useChanges.setState((s) => ({ count: s.count + 1 }));

/** How often; for those who have read a file that such a change writes. */
export const variableChanges = (): number => useChanges.getState().count;

/** What the core sees from a place. */
async function variablesAt(path: string, request: Request | null): Promise<Variables> {
  const [list, made] = await Promise.all([
    backend().call("variables", { path, request }),
    dynamicVariables(),
  ]);
  const seen = list
    .filter((v) => !v.missing && !v.overridden)
    .map((v): VariableInfo => {
      return { name: v.name, value: v.value ?? undefined, origin: v.origin, secret: v.secret };
    });
  return variablesOf([...seen, ...made]);
}

/** The variables that a folder sees, or the collection with an empty path. */
export function useVariablesAt(path: string): Variables {
  const environment = useWorkspace((s) => s.workspace?.environment);
  const changes = useChanges((s) => s.count);
  const [variables, setVariables] = useState(NOT_YET);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the core's answer depends on all of these
  useEffect(() => {
    let gone = false;
    variablesAt(path, null).then(
      (found) => !gone && setVariables(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [path, environment, changes]);
  return variables;
}

/**
 * The variables a tab's request sees: asked again when the environment, the request's own variables or
 * the place change, and after an answer, which may have captured some.
 */
export function useVariables(tab: string, path: string | null): Variables {
  const environment = useWorkspace((s) => s.workspace?.environment);
  const environments = useWorkspace((s) => s.workspace?.environments);
  const answer = useExchanges((s) => s[tab]?.done ?? null);
  const own = useDrafts((s) => s[tab]?.request.variables);
  const inherited = useDrafts((s) => s[tab]?.inherited);
  const changes = useChanges((s) => s.count);
  const [variables, setVariables] = useState(NOT_YET);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the core's answer depends on all of these
  useEffect(() => {
    let gone = false;
    const request = useDrafts.getState()[tab]?.request ?? null;
    variablesAt(path ?? "", request).then(
      (found) => !gone && setVariables(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [tab, path, environment, environments, answer, own, inherited, changes]);
  return variables;
}

import { useEffect, useState } from "react";
import { type VariableInfo, type Variables, variablesOf } from "../components/template/variables";
import { backend, type DynamicVariable } from "../ipc";
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
  const [variables, setVariables] = useState(NOT_YET);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the core's answer depends on all of these
  useEffect(() => {
    let gone = false;
    const request = useDrafts.getState()[tab]?.request ?? null;
    const ask = async () => {
      const asked = backend().call("variables", { path: path ?? "", request });
      const [list, made] = await Promise.all([asked, dynamicVariables()]);
      const seen = list
        .filter((v) => !v.missing && !v.overridden)
        .map((v): VariableInfo => {
          return { name: v.name, value: v.value ?? undefined, origin: v.origin, secret: v.secret };
        });
      if (!gone) setVariables(variablesOf([...seen, ...made]));
    };
    void ask().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [tab, path, environment, environments, answer, own, inherited]);
  return variables;
}

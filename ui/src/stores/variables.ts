import { useEffect, useState } from "react";
import { type Variables, variablesOf } from "../components/template/variables";
import { backend } from "../ipc";
import { useWorkspace } from "./workspace";

const NONE = variablesOf([]);

/** The variables a request at this place sees, asked again when the environment changes. */
export function useVariables(path: string | null): Variables {
  const environment = useWorkspace((s) => s.workspace?.environment);
  const environments = useWorkspace((s) => s.workspace?.environments);
  const [variables, setVariables] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the core's answer depends on the environment
  useEffect(() => {
    let gone = false;
    void backend()
      .call("variables", { path: path ?? "", request: null })
      .then((list) => {
        const seen = list.filter((v) => !v.missing && !v.overridden);
        if (!gone)
          setVariables(
            variablesOf(
              seen.map((v) => ({
                name: v.name,
                value: v.value ?? undefined,
                origin: v.origin,
                secret: v.secret,
              })),
            ),
          );
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [path, environment, environments]);
  return variables;
}

import { useEffect, useState } from "react";
import { asCommandError, backend, type CommandError, type GeneratedCode } from "../../ipc";
import type { CodeAsk } from "../../stores/transfer";

interface Told {
  key: string;
  code: GeneratedCode | null;
  problem: CommandError | null;
}

/** The code of a request; the old stays until the new is there. */
export function useCode({ request, path }: CodeAsk, target: string | null, resolve: boolean) {
  const [told, setTold] = useState<Told | null>(null);
  const [tries, setTries] = useState(0);
  const key = `${target} ${resolve} ${tries}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the request stays the same as long as the dialog
  useEffect(() => {
    if (target === null) return;
    let gone = false;
    backend()
      .call("generateCode", { request, path, target, environment: null, resolve })
      .then(
        (code) => !gone && setTold({ key, code, problem: null }),
        (thrown) => !gone && setTold({ key, code: null, problem: asCommandError(thrown) }),
      );
    return () => {
      gone = true;
    };
  }, [key]);
  return {
    code: told?.code ?? null,
    problem: told?.problem ?? null,
    isWriting: told?.key !== key,
    again: () => setTries((count) => count + 1),
  };
}

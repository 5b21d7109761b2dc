import { useEffect, useState } from "react";
import { asCommandError, backend, type CommandError, type ExportPreview } from "../../ipc";

interface Told {
  key: string;
  preview: ExportPreview | null;
  problem: CommandError | null;
}

/** What would come out in a format; asked for anew when the format or the environments change. */
export function useExportPreview(
  paths: readonly string[],
  format: string | null,
  environments: readonly string[],
) {
  const [told, setTold] = useState<Told | null>(null);
  const [tries, setTries] = useState(0);
  const key = JSON.stringify([format, tries, environments]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `paths` stays the same as long as the dialog, and `key` has the environments
  useEffect(() => {
    if (format === null) return;
    let gone = false;
    backend()
      .call("previewExport", { paths: [...paths], format, environments: [...environments] })
      .then(
        (preview) => !gone && setTold({ key, preview, problem: null }),
        (thrown) => !gone && setTold({ key, preview: null, problem: asCommandError(thrown) }),
      );
    return () => {
      gone = true;
    };
  }, [format, key]);
  const now = told?.key === key ? told : null;
  return {
    preview: now?.preview ?? null,
    problem: now?.problem ?? null,
    again: () => setTries((count) => count + 1),
  };
}

export type Previewing = ReturnType<typeof useExportPreview>;

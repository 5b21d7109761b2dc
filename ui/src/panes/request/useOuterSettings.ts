import { useEffect, useState } from "react";
import { backend, type RequestSettings } from "../../ipc";

/** A setting that a folder or the collection makes, and which. */
export type OuterSettings = {
  [K in keyof RequestSettings]?: { value: NonNullable<RequestSettings[K]>; origin: string };
};

/** The folders above an item, the collection first. */
function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return ["", ...parts.map((_, at) => parts.slice(0, at + 1).join("/"))];
}

/** What a request at this place inherits where its own settings are open. Inner folders win. */
export function useOuterSettings(path: string | null): OuterSettings {
  const [outer, setOuter] = useState<OuterSettings>({});
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const asked = foldersAbove(path ?? "").map((each) => backend().call("readFolder", { path: each }));
      const found: Record<string, { value: unknown; origin: string }> = {};
      for (const answer of await Promise.allSettled(asked)) {
        if (answer.status === "rejected") continue;
        const { name, defaults } = answer.value.folder;
        for (const [key, value] of Object.entries(defaults.settings))
          if (value !== null) found[key] = { value, origin: name };
      }
      if (!gone) setOuter(found as OuterSettings);
    };
    void read();
    return () => {
      gone = true;
    };
  }, [path]);
  return outer;
}

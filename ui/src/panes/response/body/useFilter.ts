import { useEffect, useState } from "react";
import type { Filter, FilterLanguage } from "../../../ipc";

const TYPED_AFTER = 350;

/** Filter languages for a kind of body; none when there is nothing to select in it. */
export function filterLanguages(language: string): FilterLanguage[] {
  if (language === "json" || language === "ndjson") return ["jsonPath", "jq"];
  if (language === "xml" || language === "html") return ["xPath"];
  return [];
}

/** The filter being typed, and the one in force: a little later, or at once with Enter. */
export function useFilter(languages: readonly FilterLanguage[]) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<FilterLanguage | null>(null);
  const [filter, setFilter] = useState<Filter | null>(null);
  const language = chosen ?? languages[0] ?? "jsonPath";
  const apply = () => {
    const expression = text.trim();
    setFilter(expression === "" ? null : { language, expression });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is applied is what was typed.
  useEffect(() => {
    const timer = setTimeout(apply, text === "" ? 0 : TYPED_AFTER);
    return () => clearTimeout(timer);
  }, [text, language]);
  return { text, setText, language, setLanguage: setChosen, filter, apply };
}

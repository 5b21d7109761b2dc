import type { CodeTarget } from "../../ipc";

/** "Python, requests", or the language alone where it has one way. */
export const titleOf = ({ language, library }: CodeTarget): string =>
  library ? `${language}, ${library}` : language;

/** The targets whose language or library holds all the words typed, by language. */
export function grouped(
  targets: readonly CodeTarget[],
  typed: string,
): { language: string; targets: CodeTarget[] }[] {
  const wanted = typed.trim().toLowerCase().split(/\s+/);
  const groups = new Map<string, CodeTarget[]>();
  for (const target of targets) {
    const text = `${target.language} ${target.library} ${target.id}`.toLowerCase();
    if (!wanted.every((word) => text.includes(word))) continue;
    const group = groups.get(target.language);
    if (group) group.push(target);
    else groups.set(target.language, [target]);
  }
  return [...groups].map(([language, of]) => ({ language, targets: of }));
}

/** How badly one word matches: 0 at the start, 1 at the start of a word, 2 inside, more for letters apart. */
function wordCost(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) return /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? 1 : 2;
  let cost = 5;
  let from = -1;
  for (const letter of word) {
    const next = text.indexOf(letter, from + 1);
    if (next < 0) return null;
    if (from >= 0) cost += Math.min(5, next - from - 1);
    from = next;
  }
  // Letters scattered over a long text are no match anyone meant.
  return cost <= 5 + word.length * 3 ? cost : null;
}

/** How badly a text answers what was typed, words in any order; `null` is not at all, 0 is best. */
export function fuzzy(text: string, typed: string): number | null {
  const lower = text.toLowerCase();
  let cost = 0;
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const its = wordCost(lower, word);
    if (its === null) return null;
    cost += its;
  }
  return cost;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** A stretch of time in its two largest units: "1 h 12 min", "32 s". */
export function span(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, length]) => rest >= length);
  if (first < 0) return "0 s";
  const parts: string[] = [];
  for (const [unit, length] of UNITS.slice(first, first + 2)) {
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    if (amount > 0) parts.push(`${amount} ${unit}`);
  }
  return parts.join(" ");
}

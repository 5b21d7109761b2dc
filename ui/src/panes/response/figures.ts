const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** Bytes in words: "84 B", "12.3 KB", "212 MB". */
export function bytes(count: number): string {
  const power = count < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

/** Microseconds in words: "84 µs", "1.2 ms", "84 ms", "2.10 s", "3:05 min". */
export function duration(us: number): string {
  if (us < 1000) return `${Math.round(us)} µs`;
  const ms = us / 1000;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}

const grouped = new Intl.NumberFormat("fr");

/** A whole number with thin gaps: "4 821". */
export function whole(count: number): string {
  return grouped.format(count).replace(/\s/g, "\u202f");
}

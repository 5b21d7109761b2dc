import type { HistoryEntry } from "../../ipc";
import { m } from "../../messages";

/** A line of the list: a day, or an entry of it. */
export type Line = { day: string } | { entry: HistoryEntry };

const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** A day in words, seen from `now`. */
export function dayTitle(at: Date, now: Date): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return m.history.today;
  if (days === 1) return m.history.yesterday;
  return at.getFullYear() === now.getFullYear() ? dayName.format(at) : dayOfYear.format(at);
}

/** Entries, newest first, under headings for their days. */
export function byDay(entries: readonly HistoryEntry[], now: Date): Line[] {
  let day = Number.NaN;
  return entries.flatMap((entry): Line[] => {
    const at = new Date(entry.at);
    if (midnight(at) === day) return [{ entry }];
    day = midnight(at);
    return [{ day: dayTitle(at, now) }, { entry }];
  });
}

/** The time of day of an entry. */
export const timeOf = (at: string): string => time.format(new Date(at));

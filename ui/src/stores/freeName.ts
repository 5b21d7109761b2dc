/** The name itself or, when it is taken, the first free one of "name 2", "name 3". */
export function freeAmong(taken: Iterable<string>, name: string): string {
  const names = new Set(taken);
  let free = name;
  for (let n = 2; names.has(free); n += 1) free = `${name} ${n}`;
  return free;
}

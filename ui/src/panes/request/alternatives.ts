const kept = new Map<string, unknown>();

/**
 * Keeps what was typed for one kind of body or auth while another is chosen, so that changing the kind
 * back and forth loses nothing. For the life of the window; the file holds only the chosen one.
 */
export function putAside<T extends { type: string }>(tab: string, part: string, key: string, value: T): void {
  kept.set(`${tab} ${part} ${key}`, value);
}

/** What was put aside under a key, if anything. */
export function takeBack<T>(tab: string, part: string, key: string): T | undefined {
  return kept.get(`${tab} ${part} ${key}`) as T | undefined;
}

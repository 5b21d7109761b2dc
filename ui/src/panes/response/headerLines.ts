import type { WireHeader } from "../../ipc";

/** The header lines of a head as it went over the wire; its first line is the request line. */
export function headerLines(head: string): WireHeader[] {
  return head
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      // A pseudo-header of HTTP/2 begins with its colon.
      const colon = line.indexOf(":", 1);
      return colon < 0 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
    });
}

import { useEffect, useRef, useState } from "react";
import type { Row, RowSource } from "./source";

const CHUNK = 200;
const KEPT = 60;

/** Columns are fetched in windows of this many when lines are longer than it. */
export const COLUMN_WINDOW = 2_000;

interface Cache {
  source: RowSource;
  chunks: Map<string, Row[]>;
  pending: Set<string>;
}

/**
 * Rows of a source by number, fetched in chunks around what is in view. What is not here yet is
 * `undefined`; the viewer keeps its place. Chunks scrolled past before they were asked for are skipped.
 */
export function useRowCache(source: RowSource, first: number, last: number, columnFrom: number) {
  const [, redraw] = useState(0);
  const cache = useRef<Cache>({ source, chunks: new Map(), pending: new Set() });
  // The old rows stay visible until the first chunk of a new source is here.
  const stale = useRef<Cache | null>(null);
  if (cache.current.source !== source) {
    if (cache.current.chunks.size > 0) stale.current = cache.current;
    cache.current = { source, chunks: new Map(), pending: new Set() };
  }

  useEffect(() => {
    const here = cache.current;
    const timer = setTimeout(() => {
      for (let chunk = Math.floor(first / CHUNK); chunk * CHUNK < last; chunk++) {
        const key = `${chunk}:${columnFrom}`;
        if (here.chunks.has(key) || here.pending.has(key)) continue;
        here.pending.add(key);
        const from = chunk * CHUNK;
        const to = Math.min(source.rowCount, from + CHUNK);
        source
          .rowsAt(from, to, columnFrom, columnFrom + 2 * COLUMN_WINDOW)
          .then((rows) => {
            here.chunks.set(key, rows);
            const oldest = here.chunks.size > KEPT ? here.chunks.keys().next().value : undefined;
            if (oldest !== undefined) here.chunks.delete(oldest);
            if (cache.current === here) {
              stale.current = null;
              redraw((n) => n + 1);
            }
          })
          // Asked for again on the next scroll; the pane shows what is wrong with the body.
          .catch(() => undefined)
          .finally(() => here.pending.delete(key));
      }
    });
    return () => clearTimeout(timer);
  }, [source, first, last, columnFrom]);

  return (row: number): Row | undefined => {
    const at = (from: Cache | null) =>
      from?.chunks.get(`${Math.floor(row / CHUNK)}:${columnFrom}`)?.[row % CHUNK];
    return at(cache.current) ?? at(stale.current);
  };
}

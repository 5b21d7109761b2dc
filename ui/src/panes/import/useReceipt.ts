import { useEffect, useRef, useState } from "react";
import {
  asCommandError,
  backend,
  type CommandError,
  type ImportCounts,
  type ReceiptLine,
  type ReceiptOutcome,
} from "../../ipc";

/** Lines are asked for in pages of this many. */
const PAGE = 200;

/** Lines of a receipt by number, fetched around what is in view. */
export function useReceipt(id: string, outcome: ReceiptOutcome | null, node: number | null) {
  const [total, setTotal] = useState<number | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [, redraw] = useState(0);
  const pages = useRef(new Map<number, readonly ReceiptLine[] | null>());
  const isGone = useRef(false);
  const need = (first: number, last: number) => {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(Math.max(first, last) / PAGE); page += 1) {
      if (pages.current.has(page)) continue;
      pages.current.set(page, null);
      backend()
        .call("importReceipt", { id, outcome, node, from: page * PAGE, to: (page + 1) * PAGE })
        .then((told) => {
          if (isGone.current) return;
          pages.current.set(page, told.lines);
          setTotal(told.total);
          setFailed(null);
          redraw((count) => count + 1);
        })
        .catch((thrown) => {
          pages.current.delete(page);
          if (!isGone.current) setFailed(asCommandError(thrown));
        });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first page, once
  useEffect(() => {
    isGone.current = false;
    need(0, 0);
    return () => {
      isGone.current = true;
    };
  }, []);
  return {
    total,
    failed,
    need,
    again: () => {
      setFailed(null);
      need(0, 0);
    },
    lineAt: (at: number) => pages.current.get(Math.floor(at / PAGE))?.[at % PAGE],
  };
}

export type Totals = Pick<ImportCounts, "kept" | "converted" | "notCarried">;

/** How many lines of each outcome there are about one item; all of the receipt without one. */
export function useTotals(id: string, counts: ImportCounts, node: number | null): Totals {
  const [told, setTold] = useState<{ node: number; totals: Totals } | null>(null);
  useEffect(() => {
    if (node === null) return;
    let gone = false;
    const total = async (outcome: ReceiptOutcome) =>
      (await backend().call("importReceipt", { id, outcome, node, from: 0, to: 0 })).total;
    Promise.all([total("kept"), total("converted"), total("notCarried")])
      .then(
        ([kept, converted, notCarried]) =>
          !gone && setTold({ node, totals: { kept, converted, notCarried } }),
      )
      // The list itself says what went wrong.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [id, node]);
  // The old numbers stay until the new ones are here.
  return node === null || told === null ? counts : told.totals;
}

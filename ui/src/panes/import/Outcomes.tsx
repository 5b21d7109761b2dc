import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { type TabItem, Tabs } from "../../components/Tabs";
import type { ImportPreview, ReceiptOutcome } from "../../ipc";
import { m } from "../../messages";
import { Addresses } from "./Addresses";
import { Receipt } from "./Receipt";
import { SecretsTable } from "./SecretsTable";
import type { Choices } from "./useChoices";
import { useTotals } from "./useReceipt";
import "./Outcomes.css";

const words = m.importing;

export type OutcomePart = "all" | ReceiptOutcome | "secrets" | "addresses";

interface OutcomesProps {
  preview: ImportPreview;
  version: number;
  choices: Choices;
  /** The item that the receipt is narrowed to. */
  node: number | null;
  onAll(): void;
  part: OutcomePart;
  onPart(part: OutcomePart): void;
  /** Importing waits for an answer about the secrets. */
  asks: boolean;
  onFetch(hosts: string[]): void;
  isFetching: boolean;
}

/** What becomes of it: the receipt, its secrets, and what it wants from elsewhere. */
export function Outcomes(props: OutcomesProps) {
  const { preview, version, choices, node, part, onPart } = props;
  const { kept, converted, notCarried } = useTotals(preview.id, preview.counts, node);
  const figure = (count: number) => (count === 0 ? null : count.toLocaleString("en"));
  const tabs: TabItem<OutcomePart>[] = [
    { id: "all", title: words.receipt.all, badge: figure(kept + converted + notCarried) },
    { id: "kept", title: words.receipt.kept, badge: figure(kept) },
    { id: "converted", title: words.receipt.converted, badge: figure(converted) },
    { id: "notCarried", title: words.receipt.notCarried, badge: figure(notCarried) },
  ];
  if (preview.secrets.length > 0)
    tabs.push({ id: "secrets", title: words.secrets.tab, badge: figure(choices.secrets.length) });
  if (preview.wanted.length > 0)
    tabs.push({ id: "addresses", title: words.addresses.tab, badge: figure(preview.wanted.length) });
  const shown = tabs.some((tab) => tab.id === part) ? part : "all";
  const name = node === null ? null : preview.nodes[node]?.name;
  return (
    <section className="import-outcomes" aria-label={words.receipt.parts}>
      <Tabs<OutcomePart> label={words.receipt.parts} tabs={tabs} selected={shown} onSelect={onPart}>
        <div className="import-panel">
          {shown === "secrets" ? (
            <SecretsTable choices={choices} asks={props.asks} />
          ) : shown === "addresses" ? (
            <Addresses hosts={preview.wanted} busy={props.isFetching} onFetch={props.onFetch} />
          ) : (
            <>
              {name !== null && name !== undefined ? (
                <div className="import-only">
                  <span title={name}>{words.receipt.only(name)}</span>
                  <IconButton small label={words.receipt.showAll} icon={X} onPress={props.onAll} />
                </div>
              ) : null}
              <div className="import-lines">
                <Receipt
                  key={`${version} ${shown} ${node}`}
                  id={preview.id}
                  outcome={shown === "all" ? null : shown}
                  node={node}
                />
              </div>
            </>
          )}
        </div>
      </Tabs>
    </section>
  );
}

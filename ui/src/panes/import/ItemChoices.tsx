import { useMemo, useState } from "react";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { MethodTag } from "../../components/MethodTag";
import { SearchField } from "../../components/TextField";
import { folderIds } from "../../components/tree/flatten";
import { Tree } from "../../components/tree/Tree";
import type { ImportNode } from "../../ipc";
import { m } from "../../messages";
import type { Choices } from "./useChoices";
import "./ItemChoices.css";

const words = m.importing;

interface Item {
  id: string;
  label: string;
  node: ImportNode;
  children?: Item[];
}

/** More items than this start with their folders closed. */
const MANY = 400;

function nest(nodes: readonly ImportNode[]): Item[] {
  const roots: Item[] = [];
  const items: Item[] = [];
  for (const node of nodes) {
    const item: Item = { id: String(node.id), label: node.name, node };
    if (node.kind === "folder") item.children = [];
    items.push(item);
    const parent = node.parent === null ? undefined : items[node.parent];
    (parent?.children ?? roots).push(item);
  }
  return roots;
}

/** What a filter leaves: matching items, and folders on the way to them. */
function filtered(items: readonly Item[], text: string): readonly Item[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return items;
  const isWanted = ({ node }: Item) =>
    [node.name, node.method, node.url].some((each) => each?.toLowerCase().includes(wanted));
  const keep = (item: Item): Item[] => {
    const children = item.children?.flatMap(keep) ?? [];
    if (children.length > 0) return [{ ...item, children }];
    return isWanted(item) ? [item] : [];
  };
  return items.flatMap(keep);
}

const before = ({ node }: Item) =>
  node.kind === "folder" ? null : <MethodTag method={node.method ?? node.kind} />;

const after = ({ node }: Item) =>
  node.notes > 0 ? (
    <span className="import-badge" title={words.notes(node.notes)} aria-hidden>
      {node.notes}
    </span>
  ) : null;

const hint = ({ node }: Item) => (node.notes > 0 ? words.notes(node.notes) : undefined);

interface ItemChoicesProps {
  nodes: readonly ImportNode[];
  choices: Choices;
  /** The one item that was chosen to be looked at; null for none or several. */
  onNode(node: number | null): void;
}

/** The items of an import, each with a box. */
export function ItemChoices({ nodes, choices, onNode }: ItemChoicesProps) {
  const [filter, setFilter] = useState("");
  const items = useMemo(() => nest(nodes), [nodes]);
  const shown = useMemo(() => filtered(items, filter), [items, filter]);
  const folders = useMemo(() => folderIds(shown), [shown]);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() =>
    nodes.length > MANY ? new Set() : folderIds(items),
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const isFiltered = filter.trim() !== "";
  const checkAll = (on: boolean) => {
    const ids: number[] = [];
    const walk = (list: readonly Item[]) => {
      for (const item of list) {
        if (!item.children?.length) ids.push(item.node.id);
        walk(item.children ?? []);
      }
    };
    walk(shown);
    choices.check(ids, on);
  };
  if (nodes.length === 0) return <EmptyState title={words.empty} hint={words.emptyHint} />;
  return (
    <>
      <div className="import-filter">
        <SearchField label={words.filter} placeholder={words.filter} value={filter} onChange={setFilter} />
        <Button small kind="quiet" label={words.allItems} onPress={() => checkAll(true)}>
          {words.all}
        </Button>
        <Button small kind="quiet" label={words.noItems} onPress={() => checkAll(false)}>
          {words.none}
        </Button>
      </div>
      <div className="import-tree">
        {shown.length === 0 ? (
          <EmptyState title={words.nothingFound(filter)} />
        ) : (
          <Tree
            label={words.items}
            items={shown}
            expanded={isFiltered ? folders : expanded}
            onExpandedChange={(open) => !isFiltered && setExpanded(open)}
            selected={selected}
            onSelectedChange={(ids) => {
              setSelected(ids);
              const [only] = ids;
              onNode(ids.size === 1 && only !== undefined ? Number(only) : null);
            }}
            onOpen={() => undefined}
            checked={({ node }) => choices.checked[node.id] ?? true}
            onCheck={(turned, on) =>
              choices.check(
                // Under a filter a folder stands for what is shown of it.
                turned.flatMap((item) => (isFiltered ? leaves(item) : [item.node.id])),
                on,
              )
            }
            before={before}
            after={after}
            hint={hint}
            tone={({ node }) => (choices.checked[node.id] === false ? "muted" : undefined)}
          />
        )}
      </div>
    </>
  );
}

const leaves = (item: Item): number[] =>
  item.children?.length ? item.children.flatMap(leaves) : [item.node.id];

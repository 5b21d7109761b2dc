import { type KeyboardEvent, useEffect, useState } from "react";
import { TriangleAlert } from "../../components/icons";
import { MethodTag } from "../../components/MethodTag";
import { folderIds } from "../../components/tree/flatten";
import { Tree } from "../../components/tree/Tree";
import { m } from "../../messages";
import {
  deleteItems,
  duplicateItems,
  moveInto,
  moveItems,
  openNode,
  renameItem,
  useOrganise,
} from "../../stores/organise";
import { folderFor } from "../../stores/places";
import { useTabs } from "../../stores/tabs";
import type { TreeNode } from "../../stores/tree";
import { useWorkspace } from "../../stores/workspace";

const SHORT: Record<string, string> = { graphql: "GQL", websocket: "WS", grpc: "GRPC" };

function before({ node }: TreeNode) {
  if (node.kind === "folder") return null;
  if (node.kind === "broken")
    return (
      <span className="tree-broken">
        <TriangleAlert size={13} aria-hidden />
      </span>
    );
  const protocol = node.protocol ?? "";
  return <MethodTag method={node.kind === "other" ? (SHORT[protocol] ?? protocol) : (node.method ?? "")} />;
}

const after = ({ node, count }: TreeNode) =>
  node.kind === "folder" ? <span className="tree-count">{count}</span> : null;

const hint = ({ node }: TreeNode) =>
  node.kind === "broken" ? m.collections.broken : node.kind === "other" ? (node.protocol ?? "") : undefined;

const without = (all: ReadonlySet<string>, taken: ReadonlySet<string>) =>
  new Set([...all].filter((each) => !taken.has(each)));

export interface CollectionsTreeProps {
  items: readonly TreeNode[];
  /** A filter is on: everything left is shown open. */
  filtered: boolean;
  onMenu(ids: string[], at: { x: number; y: number }): void;
}

/** The tree with its keys: Delete, F2, Ctrl+D, Ctrl+X and Ctrl+V, Alt with the arrows. */
export function CollectionsTree({ items, filtered, onMenu }: CollectionsTreeProps) {
  const active = useTabs((s) => s.tabs.find((tab) => tab.id === s.active)?.path ?? null);
  const { selected, renaming, revealed, cut } = useOrganise();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  // What is to be seen is not left in a closed folder.
  useEffect(() => {
    if (revealed !== null)
      setClosed((now) => new Set([...now].filter((path) => !revealed.startsWith(`${path}/`))));
  }, [revealed]);
  const all = folderIds(items);
  const shut = renaming ? new Set([...closed].filter((path) => !renaming.startsWith(`${path}/`))) : closed;
  const expanded = filtered ? all : without(all, shut);
  const waits = new Set(cut);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if ((event.target as Element).tagName === "INPUT") return;
    const ids = [...selected];
    const key = event.key.toLowerCase();
    if (key === "d" && ids.length > 0) void duplicateItems(ids);
    else if (key === "x" && ids.length > 0) useOrganise.setState({ cut: ids });
    else if (key === "v" && cut.length > 0)
      void moveInto(cut, folderFor(useWorkspace.getState().workspace?.nodes ?? [], ids[0]));
    else return;
    event.preventDefault();
  };
  return (
    <div className="side-tree" onKeyDown={onKeyDown}>
      <Tree
        label={m.places.collections}
        items={items}
        expanded={expanded}
        onExpandedChange={(open) => !filtered && setClosed(without(all, open))}
        selected={selected}
        onSelectedChange={(ids) => useOrganise.setState({ selected: ids, revealed: null })}
        active={active}
        reveal={revealed}
        renaming={renaming}
        onRenamingChange={(id) => useOrganise.setState({ renaming: id })}
        onRename={({ node }, name) => void renameItem(node.path, name)}
        onDelete={(ids) => void deleteItems(ids)}
        onMove={(ids, to) => void moveItems(ids, to)}
        onMenu={onMenu}
        onOpen={({ node }, how) => {
          if (node.kind === "request") openNode(node, how);
        }}
        before={before}
        after={after}
        hint={hint}
        tone={({ id, node }) => {
          if (waits.has(id)) return "cut";
          if (node.kind === "broken") return "broken";
          return node.kind === "other" ? "muted" : undefined;
        }}
      />
    </div>
  );
}

import { useState } from "react";
import { EmptyState } from "../../components/EmptyState";
import { IconButton } from "../../components/IconButton";
import { Plus } from "../../components/icons";
import { MethodTag } from "../../components/MethodTag";
import { SearchField } from "../../components/TextField";
import { folderIds } from "../../components/tree/flatten";
import { Tree } from "../../components/tree/Tree";
import { m } from "../../messages";
import { runCommand } from "../../stores/commands";
import { openTab, useTabs } from "../../stores/tabs";
import { filterTree } from "../../stores/tree";
import { useWorkspace } from "../../stores/workspace";

/** The tree of the workspace. */
export function CollectionsPane() {
  const tree = useWorkspace((s) => s.tree);
  const active = useTabs((s) => s.tabs.find((tab) => tab.id === s.active)?.path ?? null);
  const [filter, setFilter] = useState("");
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = filterTree(tree, filter);
  const all = folderIds(shown);
  const expanded = filter ? all : all.difference(closed);
  return (
    <div className="side">
      <div className="side-head">
        <h2 className="side-title">{m.places.collections}</h2>
        <IconButton label={m.collections.new} icon={Plus} onPress={() => runCommand("newRequest")} />
      </div>
      <div className="side-filter">
        <SearchField
          label={m.collections.filter}
          placeholder={m.collections.filter}
          value={filter}
          onChange={setFilter}
        />
      </div>
      <div className="side-list">
        {shown.length === 0 ? (
          filter ? (
            <EmptyState title={m.collections.nothingFound(filter)} />
          ) : (
            <EmptyState title={m.collections.empty} hint={m.collections.emptyHint} />
          )
        ) : (
          <Tree
            label={m.places.collections}
            items={shown}
            expanded={expanded}
            onExpandedChange={(open) => setClosed(all.difference(open))}
            selected={selected}
            onSelectedChange={setSelected}
            active={active}
            onOpen={({ node }, how) => {
              if (node.kind === "request")
                useTabs.setState((s) =>
                  openTab(s, { path: node.path, name: node.name, method: node.method ?? "GET" }, how),
                );
            }}
            before={({ node }) =>
              node.kind === "folder" ? null : <MethodTag method={node.method ?? node.protocol ?? ""} />
            }
            after={({ node, count }) =>
              node.kind === "folder" ? <span className="tree-count">{count}</span> : null
            }
          />
        )}
      </div>
    </div>
  );
}

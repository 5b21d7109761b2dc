import { useMemo, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Collection } from "react-aria-components/Collection";
import { TreeItem as AriaItem, Tree as AriaTree, TreeItemContent } from "react-aria-components/Tree";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { RowViewer } from "../src/components/rows/RowViewer";
import type { RowSource } from "../src/components/rows/source";
import { KeyValueTable } from "../src/components/table/KeyValueTable";
import { newRow } from "../src/components/table/rows";
import { TemplateField } from "../src/components/template/TemplateField";
import { variablesOf } from "../src/components/template/variables";
import { folderIds } from "../src/components/tree/flatten";
import { Tree, type TreeItem } from "../src/components/tree/Tree";
import { jsonRow } from "../src/dev/sample";

interface Item extends TreeItem {
  children?: Item[];
}

/** 10,000 nodes: 100 folders of 99 requests. */
const nodes: Item[] = Array.from({ length: 100 }, (_, f) => ({
  id: `f${f}`,
  label: `Folder ${f}`,
  children: Array.from({ length: 99 }, (_, r) => ({ id: `f${f}r${r}`, label: `Request ${f}.${r}` })),
}));

const box = { height: 800, width: 300 };

export function TreePage() {
  const [expanded, setExpanded] = useState(() => folderIds(nodes));
  const [selected, setSelected] = useState(new Set<string>());
  return (
    <div style={box}>
      <button
        type="button"
        id="all"
        onClick={() => setExpanded(expanded.size ? new Set() : folderIds(nodes))}
      >
        All
      </button>
      <Tree
        label="Tree"
        items={nodes}
        expanded={expanded}
        onExpandedChange={setExpanded}
        selected={selected}
        onSelectedChange={setSelected}
        onOpen={() => undefined}
      />
    </div>
  );
}

const aria = (item: Item) => (
  <AriaItem id={item.id} textValue={item.label}>
    <TreeItemContent>
      {item.children ? <Button slot="chevron">+</Button> : null}
      {item.label}
    </TreeItemContent>
    <Collection items={item.children ?? []}>{aria}</Collection>
  </AriaItem>
);

export function AriaTreePage() {
  const [expanded, setExpanded] = useState<Set<string | number>>(() => folderIds(nodes));
  return (
    <div>
      <button
        type="button"
        id="all"
        onClick={() => setExpanded(expanded.size ? new Set() : folderIds(nodes))}
      >
        All
      </button>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 26 }}>
        <AriaTree
          aria-label="Tree"
          className="tree"
          items={nodes}
          expandedKeys={expanded}
          onExpandedChange={(keys) => setExpanded(new Set(keys))}
          style={{ ...box, display: "block" }}
        >
          {aria}
        </AriaTree>
      </Virtualizer>
    </div>
  );
}

const variables = variablesOf([{ name: "base", value: "x", origin: "environment" }]);

export function TablePage() {
  const [rows, setRows] = useState(() =>
    Array.from({ length: 1000 }, (_, n) =>
      newRow({ name: `name-${n}`, value: `{{base}}/${n}`, description: "d" }),
    ),
  );
  return (
    <div style={{ height: 800, display: "flex", flexDirection: "column" }}>
      <KeyValueTable
        label="Table"
        rows={rows}
        onChange={setRows}
        renderValue={(cell) => (
          <TemplateField
            label={cell.label}
            value={cell.row.value}
            onChange={cell.onChange}
            variables={variables}
          />
        )}
      />
    </div>
  );
}

export function RowsPage() {
  const query = new URLSearchParams(location.search);
  const rowCount = Number(query.get("rows") ?? 30_000_000);
  const columns = Number(query.get("columns") ?? 120);
  const source = useMemo<RowSource>(
    () => ({
      rowCount,
      columns,
      rowsAt: async (from, to, columnFrom, columnTo) =>
        Array.from({ length: to - from }, (_, n) => {
          const number = from + n + 1;
          const text = `  "order_${number}": { "status": "paid", "amount": ${number}, "verified": true },`;
          if (columns <= 4000) return jsonRow(text, number);
          const end = Math.min(columns, columnTo);
          return { ...jsonRow(text.repeat(60).slice(0, end - columnFrom), number), columns };
        }),
    }),
    [rowCount, columns],
  );
  return (
    <div style={{ height: 800 }}>
      <RowViewer label="Body" source={source} />
    </div>
  );
}

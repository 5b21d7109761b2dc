import { useState } from "react";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { IconButton } from "../../components/IconButton";
import { Ellipsis, Plus } from "../../components/icons";
import { ContextMenu, Menu } from "../../components/Menu";
import { SearchField } from "../../components/TextField";
import { UndoBar } from "../../components/UndoBar";
import { m } from "../../messages";
import { runCommand, useCommands } from "../../stores/commands";
import { useLayout } from "../../stores/layout";
import { newRequestAt, undoDelete, useOrganise } from "../../stores/organise";
import { useTabs } from "../../stores/tabs";
import { askToImport } from "../../stores/transfer";
import { filterTree } from "../../stores/tree";
import { useWorkspace } from "../../stores/workspace";
import { CollectionsTree } from "./CollectionsTree";
import "./collections.css";
import { ItemNote } from "./ItemNote";
import { collectionMenu, itemMenu } from "./menus";

/** The tree of the workspace, and all that is done in it. */
export function CollectionsPane() {
  const tree = useWorkspace((s) => s.tree);
  const { undo, failed, cut } = useOrganise();
  const [filter, setFilter] = useState("");
  const [menu, setMenu] = useState<{ ids: string[]; at: { x: number; y: number } } | null>(null);
  const isCovered = useLayout((s) => s.overlay !== null);
  const shown = filterTree(tree, filter);
  useCommands({ rename: renameActive });
  return (
    <div className="side">
      <div className="side-head">
        <h2 className="side-title">{m.places.collections}</h2>
        <span className="side-tools">
          <Menu label={m.collections.more} entries={collectionMenu(cut)}>
            <IconButton label={m.collections.more} icon={Ellipsis} />
          </Menu>
          <IconButton label={m.collections.new} icon={Plus} onPress={() => runCommand("newRequest")} />
        </span>
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
        {shown.length > 0 ? (
          <CollectionsTree
            items={shown}
            filtered={filter !== ""}
            onMenu={(ids, at) => setMenu({ ids, at })}
          />
        ) : filter ? (
          <EmptyState title={m.collections.nothingFound(filter)} />
        ) : (
          <EmptyState title={m.collections.empty} hint={m.collections.emptyHint}>
            <Button onPress={() => void newRequestAt(undefined)}>{m.collections.new}</Button>
            <Button onPress={() => askToImport()}>{m.importing.menu}</Button>
          </EmptyState>
        )}
      </div>
      <ItemNote />
      {failed ? (
        <ErrorNote message={failed.message} hint={failed.hint}>
          <Button onPress={() => useOrganise.setState({ failed: null })}>{m.common.close}</Button>
        </ErrorNote>
      ) : null}
      {cut.length > 0 ? (
        <div role="status" className="side-note">
          <span>{m.collections.cutNote(cut.length)}</span>
          <Button kind="quiet" onPress={() => useOrganise.setState({ cut: [] })}>
            {m.common.cancel}
          </Button>
        </div>
      ) : null}
      {undo ? (
        <UndoBar
          text={undo.text}
          onUndo={() => void undoDelete()}
          onClose={() => useOrganise.setState({ undo: null })}
        />
      ) : null}
      <ContextMenu
        label={m.collections.menu}
        entries={menu ? itemMenu(menu.ids, cut) : []}
        at={isCovered ? null : (menu?.at ?? null)}
        onClose={() => setMenu(null)}
      />
    </div>
  );
}

/** F2 outside the tree renames the request that is shown. */
function renameActive(): void {
  const { tabs, active } = useTabs.getState();
  const path = tabs.find((tab) => tab.id === active)?.path;
  if (path) useOrganise.setState({ renaming: path });
}

import type { MenuEntry } from "../../components/Menu";
import { keysOf } from "../../keys";
import { m } from "../../messages";
import {
  attempt,
  copyAsCurl,
  copyPath,
  deleteItems,
  duplicateItems,
  moveInto,
  newFolderAt,
  newRequestAt,
  openNode,
  useOrganise,
} from "../../stores/organise";
import { folderFor } from "../../stores/places";
import { useSettings } from "../../stores/settings";
import { askForCode, askToExport, askToImport } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";

const nodesNow = () => useWorkspace.getState().workspace?.nodes ?? [];

/** The menu of the collection itself. */
export function collectionMenu(cut: readonly string[]): MenuEntry[] {
  return [
    { id: "request", title: m.collections.new, run: () => void newRequestAt(undefined) },
    { id: "folder", title: m.collections.newFolder, run: () => void newFolderAt(undefined) },
    {
      id: "paste",
      title: m.collections.paste,
      disabled: cut.length === 0,
      run: () => void moveInto(cut, ""),
    },
    "-",
    {
      id: "import",
      title: m.importing.menu,
      keys: keysOf("import", useSettings.getState().keys)[0],
      run: () => askToImport(),
    },
    {
      id: "export",
      title: m.exporting.everything,
      keys: keysOf("export", useSettings.getState().keys)[0],
      run: () => askToExport([]),
    },
    "-",
    {
      id: "settings",
      title: m.collections.collectionSettings,
      run: () => useOrganise.setState({ settingsOf: "" }),
    },
  ];
}

/** The menu of the chosen items. */
export function itemMenu(ids: readonly string[], cut: readonly string[]): MenuEntry[] {
  const node = ids.length === 1 ? nodesNow().find((each) => each.path === ids[0]) : undefined;
  const own = useSettings.getState().keys;
  const at = ids[0];
  const only = (entry: Exclude<MenuEntry, "-">, when: boolean): MenuEntry[] => (when ? [entry] : []);
  const isRequest = node?.kind === "request";
  return [
    ...only({ id: "open", title: m.collections.open, run: () => node && openNode(node, "pin") }, isRequest),
    { id: "request", title: m.collections.new, run: () => void newRequestAt(at) },
    { id: "folder", title: m.collections.newFolder, run: () => void newFolderAt(at) },
    "-",
    ...only(
      {
        id: "rename",
        title: m.collections.rename,
        keys: keysOf("rename", own)[0],
        run: () => useOrganise.setState({ renaming: at ?? null }),
      },
      node !== undefined,
    ),
    {
      id: "duplicate",
      title: m.collections.duplicate,
      keys: keysOf("duplicate", own)[0],
      run: () => void duplicateItems(ids),
    },
    { id: "cut", title: m.collections.cut, keys: "Mod+X", run: () => useOrganise.setState({ cut: ids }) },
    ...only(
      {
        id: "paste",
        title: m.collections.paste,
        keys: "Mod+V",
        run: () => void moveInto(cut, folderFor(nodesNow(), at)),
      },
      cut.length > 0,
    ),
    { id: "move", title: m.collections.moveTo, run: () => useOrganise.setState({ moving: ids }) },
    "-",
    ...only(
      { id: "import", title: m.importing.intoFolder, run: () => askToImport({ into: at ?? "" }) },
      node?.kind === "folder",
    ),
    { id: "export", title: m.exporting.menu, run: () => askToExport(ids) },
    ...only(
      {
        id: "code",
        title: m.code.menu,
        keys: keysOf("copyAsCode", own)[0],
        run: () => void attempt(() => askForCode(at ?? "")),
      },
      isRequest,
    ),
    ...only({ id: "curl", title: m.collections.copyCurl, run: () => void copyAsCurl(at ?? "") }, isRequest),
    ...only(
      { id: "path", title: m.collections.copyPath, run: () => void copyPath(at ?? "") },
      node !== undefined,
    ),
    ...only(
      {
        id: "settings",
        title: m.collections.settings,
        run: () => useOrganise.setState({ settingsOf: at ?? "" }),
      },
      node?.kind === "folder",
    ),
    "-",
    {
      id: "delete",
      title: m.collections.delete,
      keys: "Delete",
      danger: true,
      run: () => void deleteItems(ids),
    },
  ];
}

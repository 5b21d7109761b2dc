import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { CommandError, type Node, setBackend } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { useOrganise } from "../../stores/organise";
import { useTabs } from "../../stores/tabs";
import { useTransfer } from "../../stores/transfer";
import { showWorkspace } from "../../stores/workspace";
import { CollectionsPane } from "./CollectionsPane";

const node = (path: string, kind: Node["kind"] = "request", part: Partial<Node> = {}): Node => ({
  path,
  parent: path.split("/").slice(0, -1).join("/"),
  name: path.split("/").at(-1) ?? "",
  kind,
  method: kind === "request" ? "GET" : null,
  protocol: null,
  error: null,
  ...part,
});

const NODES = [
  node("Orders", "folder"),
  node("Orders/List"),
  node("Orders/Create"),
  node("Events", "folder"),
  node("Stream", "other", { protocol: "websocket" }),
  node("Bad", "broken", {
    error: {
      code: "invalid-file",
      message: "The file is cut short.",
      hint: null,
      where: { file: "bad.yml", line: 3, column: 7 },
    },
  }),
];

const moveItems = vi.fn();
const handlers: Handlers = {
  moveItems: (args) => {
    moveItems(args);
    const paths = args.paths.map((path): [string, string] => {
      return [path, [args.parent, path.split("/").at(-1)].filter(Boolean).join("/")];
    });
    return {
      paths,
      nodes: NODES.map((each) =>
        paths.find(([from]) => from === each.path)
          ? node(paths.find(([from]) => from === each.path)?.[1] ?? "")
          : each,
      ),
    };
  },
  rename: ({ path, name }) => {
    const to = [...path.split("/").slice(0, -1), name].join("/");
    return { paths: [[path, to]], nodes: NODES.map((each) => (each.path === path ? node(to) : each)) };
  },
  duplicate: ({ paths }) => ({
    paths: paths.map((path): [string, string] => [path, `${path} 2`]),
    nodes: [...NODES, ...paths.map((path) => node(`${path} 2`))],
  }),
  delete: ({ paths }) => ({ undo: "u1", nodes: NODES.filter((each) => !paths.includes(each.path)) }),
  undoDelete: ({ undo }) => {
    expect(undo).toBe("u1");
    return { paths: [], nodes: NODES };
  },
  readRequest: () => {
    throw new CommandError({ code: "not-found", message: "", hint: null, where: null });
  },
  discardDraft: () => ({}),
};

beforeEach(() => {
  moveItems.mockClear();
  setBackend(memoryBackend(handlers));
  useTabs.setState({ tabs: [], active: null, closed: [] });
  useOrganise.setState(useOrganise.getInitialState(), true);
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes: NODES,
    environments: [],
    environment: null,
    branch: null,
    uiState: null,
    drafts: [],
  });
  render(<CollectionsPane />);
});

const tree = () => screen.getByRole("tree", { name: "Collections" });
const item = (name: string) => within(tree()).getByRole("treeitem", { name });
const press = (key: string, part: Partial<KeyboardEvent> = {}) => fireEvent.keyDown(tree(), { key, ...part });

it("opens with a click, and the tab follows a rename", async () => {
  fireEvent.click(item("List"));
  expect(useTabs.getState().tabs[0]?.path).toBe("Orders/List");
  press("F2");
  const field = screen.getByDisplayValue("List");
  fireEvent.change(field, { target: { value: "All orders" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(useTabs.getState().tabs[0]?.path).toBe("Orders/All orders"));
  expect(item("All orders")).toBeTruthy();
});

it("renames nothing after Escape", () => {
  fireEvent.click(item("List"));
  press("F2");
  const field = screen.getByDisplayValue("List");
  fireEvent.change(field, { target: { value: "Other" } });
  fireEvent.keyDown(field, { key: "Escape" });
  expect(item("List")).toBeTruthy();
  expect(useOrganise.getState().renaming).toBeNull();
});

it("chooses many by keys, deletes them and brings them back", async () => {
  fireEvent.click(item("List"));
  press("ArrowDown", { shiftKey: true });
  expect([...useOrganise.getState().selected]).toEqual(["Orders/List", "Orders/Create"]);
  press("Delete");
  const undo = await screen.findByRole("button", { name: "Undo" });
  expect(screen.getByText("2 items were deleted")).toBeTruthy();
  expect(useTabs.getState().tabs).toEqual([]);
  fireEvent.click(undo);
  await waitFor(() => expect(item("Create")).toBeTruthy());
  expect(useTabs.getState().tabs.map((tab) => tab.path)).toEqual(["Orders/List"]);
});

it("moves by Alt and an arrow, and by cut and paste", async () => {
  fireEvent.click(item("List"));
  press("ArrowDown", { altKey: true });
  await waitFor(() =>
    expect(moveItems).toHaveBeenCalledWith({ paths: ["Orders/List"], parent: "Orders", index: 1 }),
  );
  press("x", { ctrlKey: true });
  fireEvent.click(item("Events"));
  press("v", { ctrlKey: true });
  await waitFor(() =>
    expect(moveItems).toHaveBeenCalledWith({ paths: ["Orders/List"], parent: "Events", index: 0 }),
  );
});

it("duplicates with Ctrl+D", async () => {
  fireEvent.click(item("Create"));
  press("d", { ctrlKey: true });
  await waitFor(() => expect(item("Create 2")).toBeTruthy());
});

it("says where a broken file is wrong, and what cannot be opened yet", () => {
  fireEvent.click(item("Bad, cannot be read"));
  expect(screen.getByText("bad.yml, line 3, column 7")).toBeTruthy();
  fireEvent.click(item("Stream, websocket"));
  expect(screen.getByText(/websocket requests are shown here/)).toBeTruthy();
  expect(useTabs.getState().tabs).toEqual([]);
});

it("filters, and says when nothing is left", () => {
  fireEvent.change(screen.getByLabelText("Filter"), { target: { value: "crea" } });
  expect(
    within(tree())
      .getAllByRole("treeitem")
      .map((each) => each.getAttribute("aria-label")),
  ).toEqual(["Orders", "Create"]);
  fireEvent.change(screen.getByLabelText("Filter"), { target: { value: "zz" } });
  expect(screen.getByText("Nothing here is called “zz”")).toBeTruthy();
});

it("imports and exports from its menus", async () => {
  const choose = async (menu: () => void, entry: string) => {
    menu();
    fireEvent.click(await screen.findByRole("menuitem", { name: new RegExp(`^${entry}`) }));
  };
  const more = () => fireEvent.click(screen.getByRole("button", { name: "More about the collection" }));
  await choose(more, "Import…");
  expect(useTransfer.getState().importing).toMatchObject({ from: null, into: "" });
  await choose(more, "Export everything…");
  expect(useTransfer.getState().exporting).toEqual([""]);
  await choose(() => fireEvent.contextMenu(item("Orders")), "Import into this folder…");
  expect(useTransfer.getState().importing?.into).toBe("Orders");
  fireEvent.click(item("List"), { ctrlKey: true });
  await choose(() => fireEvent.contextMenu(item("List")), "Export…");
  expect(useTransfer.getState().exporting).toEqual(["Orders"]);
});

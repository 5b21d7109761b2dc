import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { Interchange } from "../../dev/interchange";
import { type ImportFrom, setBackend } from "../../ipc";
import type { DropListener } from "../../ipc/drops";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { useOrganise } from "../../stores/organise";
import { askToImport, useTransfer } from "../../stores/transfer";
import { showWorkspace, useWorkspace } from "../../stores/workspace";
import { Core, openWindow } from "../../test/window";
import { Overlays } from "../Overlays";
// Loaded before the first test waits for it.
import "./ImportDialog";

let core: Interchange;
const opened: string[] = [];

const workspace = (name: string, root: string) => ({
  id: root,
  name,
  root,
  nodes: ["Old", "Old/Deeper"].map((path) => ({
    path,
    parent: path.includes("/") ? "Old" : "",
    name: path.split("/").at(-1) ?? "",
    kind: "folder" as const,
    method: null,
    protocol: null,
    error: null,
  })),
  environments: [],
  environment: null,
  branch: null,
  uiState: null,
  drafts: [],
});

beforeEach(() => {
  core = new Interchange();
  opened.length = 0;
  const handlers: Handlers = {
    ...core.handlers,
    openWorkspace: ({ path }) => {
      opened.push(path);
      return workspace("Fresh", path);
    },
  };
  setBackend(memoryBackend(handlers));
  useTransfer.setState(useTransfer.getInitialState(), true);
  useOrganise.setState(useOrganise.getInitialState(), true);
  showWorkspace(workspace("Shop", "/shop"));
  render(<Overlays />);
});

const ask = (part: Parameters<typeof askToImport>[0] = { from: { type: "text", text: "{}" } }) =>
  act(() => askToImport(part));
const button = (name: string) => screen.findByRole("button", { name });
const press = async (name: string) => fireEvent.click(await button(name));
const tab = (name: string) => screen.findByRole("tab", { name });
const tree = () => screen.findByRole("tree", { name: "What to import" });
const item = async (name: string | RegExp) => within(await tree()).getByRole("treeitem", { name });
const box = (line: HTMLElement) => line.querySelector(".tree-box") as HTMLElement;
const lines = async () =>
  within(await screen.findByRole("list", { name: "Receipt" })).getAllByRole("listitem");

it("opens with its keys", async () => {
  openWindow(new Core());
  fireEvent.keyDown(window, { key: "o", ctrlKey: true });
  expect(await screen.findByRole("dialog", { name: "Import" })).toBeTruthy();
});

describe("where from", () => {
  it("takes a file or folder of the system's dialog", async () => {
    ask({});
    await press("Choose a file…");
    expect(await screen.findByText("Storefront API")).toBeTruthy();
    expect((await screen.findByRole("button", { name: /Read as$/ })).textContent).toBe("Postman");
    await press("Choose another…");
    await press("Choose a folder…");
    expect(await tree()).toBeTruthy();
    expect(core.dropped).toEqual(["import-1"]);
  });

  it("takes pasted text, and says when there is none", async () => {
    ask({});
    fireEvent.click(await tab("Paste text"));
    await press("Continue");
    expect(screen.getByRole("alert").textContent).toBe("Paste something first.");
    fireEvent.change(screen.getByRole("textbox", { name: "Text to import" }), { target: { value: "{}" } });
    await press("Continue");
    expect(await tree()).toBeTruthy();
  });

  it("takes an address, and says what one looks like", async () => {
    ask({});
    fireEvent.click(await tab("URL"));
    const field = screen.getByRole("textbox", { name: "URL to import from" });
    fireEvent.change(field, { target: { value: "shop.example.com" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(screen.getByRole("alert").textContent).toContain("A whole address is needed");
    fireEvent.change(field, { target: { value: "https://shop.example.com/openapi.json" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(await tree()).toBeTruthy();
  });

  it("says what is wrong and where, keeps what was typed, and reads it as another format", async () => {
    ask({ from: { type: "text", text: "unknown broken" } });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("shop.json is not JSON: expected a value");
    expect(alert.textContent).toContain("(line 12, column 9)");
    const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Text to import" });
    expect(field.value).toBe("unknown broken");
    fireEvent.change(field, { target: { value: "unknown" } });
    await press("Continue");
    expect((await screen.findByRole("alert")).textContent).toContain("in no format that Errand can import");
    fireEvent.click(await screen.findByRole("button", { name: /Read as$/ }));
    fireEvent.click(await screen.findByRole("option", { name: "Hurl" }));
    expect(await tree()).toBeTruthy();
  });

  it("says what it reads and can be stopped", async () => {
    let go = () => {};
    core.wait = new Promise((done) => {
      go = done;
    });
    ask({ from: { type: "paths", paths: ["/home/me/shop.json"] } });
    expect(await screen.findByText("Reading shop.json")).toBeTruthy();
    await press("Cancel");
    go();
    expect(await button("Choose a file…")).toBeTruthy();
    await waitFor(() => expect(core.dropped).toEqual(["import-1"]));
  });
});

describe("the preview", () => {
  it("checks items, folders in part, and everything", async () => {
    core.wanted = [];
    ask();
    const checked = async (name: string | RegExp) => (await item(name)).getAttribute("aria-checked");
    expect(await button("Import 8 requests")).toBeTruthy();
    fireEvent.click(box(await item(/^Create order/)));
    expect(await checked("Orders")).toBe("mixed");
    expect(await button("Import 7 requests")).toBeTruthy();
    fireEvent.click(await item("Orders"));
    fireEvent.keyDown(await tree(), { key: " " });
    expect(await checked("Orders")).toBe("true");
    await press("Check no item");
    expect(await checked("Catalogue")).toBe("false");
    fireEvent.click(box(await item("Who am I")));
    fireEvent.click(screen.getByRole("checkbox", { name: "Production" }));
    await press("Import 1 request");
    // A secret of an item that stays behind is not asked about.
    expect(
      within(await screen.findByRole("table", { name: "Secrets found" })).getAllByRole("checkbox"),
    ).toHaveLength(1);
    await press("Import 1 request");
    await waitFor(() => expect(core.applied).toHaveLength(1));
    expect(core.applied[0]).toMatchObject({
      nodes: [10],
      environments: [0],
      target: { type: "here", folder: "" },
      secrets: [{ id: 1, keep: true, name: "token" }],
    });
  });

  it("filters, and All and None mean what is shown", async () => {
    core.wanted = [];
    ask();
    await tree();
    fireEvent.change(screen.getByRole("searchbox", { name: "Filter" }), { target: { value: "post" } });
    const shown = within(await tree()).getAllByRole("treeitem");
    expect(shown.map((each) => each.getAttribute("aria-label")?.split(",")[0])).toEqual([
      "Orders",
      "Create order",
      "Refunds",
      "Refund an order",
    ]);
    await press("Check no item");
    expect(await button("Import 6 requests")).toBeTruthy();
    fireEvent.change(screen.getByRole("searchbox", { name: "Filter" }), { target: { value: "zz" } });
    expect(screen.getByText("Nothing in it is called “zz”")).toBeTruthy();
  });

  it("shows the receipt by outcome and by item", async () => {
    core.wanted = [];
    ask();
    const all = (await lines()).length;
    fireEvent.click(await tab("Could not be carried"));
    expect((await lines()).length).toBeLessThan(all);
    expect((await lines())[0]?.textContent).toContain("The original is kept at extensions.postman");
    fireEvent.click(await item("Who am I"));
    expect(await screen.findByText("Everything could be carried")).toBeTruthy();
    expect(screen.getByText("Only about Who am I")).toBeTruthy();
    await press("Show all lines");
    expect((await lines()).length).toBeGreaterThan(1);
  });

  it("draws only a part of ten thousand, and reads its receipt in pages", async () => {
    core.wanted = [];
    ask({ from: { type: "text", text: "big" } });
    expect(await button("Import 10,000 requests")).toBeTruthy();
    expect(within(await tree()).getAllByRole("treeitem").length).toBeLessThan(120);
    expect((await lines()).length).toBeLessThan(60);
    fireEvent.click(box(await item("Folder 3")));
    expect(await button("Import 9,900 requests")).toBeTruthy();
  });

  it("asks about secrets before anything is written", async () => {
    core.wanted = [];
    ask();
    await press("Import 8 requests");
    expect((await screen.findByRole("alert")).textContent).toContain("2 secrets were found");
    expect(core.applied).toEqual([]);
    expect(screen.queryByRole("textbox", { name: "Name of The variable token, Staging" })).toBeNull();
    expect(screen.getByTitle("A variable keeps its name: the requests refer to it.").textContent).toBe(
      "token",
    );
    const place = "The password of the auth, Orders / Create order";
    const name = screen.getByRole("textbox", { name: `Name of ${place}` });
    fireEvent.change(name, { target: { value: "a b" } });
    await press("Import 8 requests");
    expect(screen.getByText("A name has no spaces and no braces.")).toBeTruthy();
    fireEvent.change(name, { target: { value: "order_password" } });
    fireEvent.click(
      screen.getByRole("checkbox", { name: "Keep in the keychain: The variable token, Staging" }),
    );
    await press("Import 8 requests");
    await waitFor(() =>
      expect(core.applied[0]?.secrets).toEqual([
        { id: 0, keep: true, name: "order_password" },
        { id: 1, keep: false, name: "token" },
      ]),
    );
    expect(core.applied[0]?.nodes).toBeNull();
  });

  it("fetches only from hosts that were agreed to", async () => {
    ask();
    expect((await tab("Other places")).getAttribute("aria-selected")).toBe("true");
    await press("Fetch from schemas.example.com");
    await waitFor(() => expect(core.fetched).toEqual([["schemas.example.com"]]));
    expect(screen.queryByRole("button", { name: "Fetch from schemas.example.com" })).toBeNull();
    await press("Fetch from api.example.org:8443");
    await waitFor(() => expect(screen.queryByRole("tab", { name: "Other places" })).toBeNull());
    expect(core.fetched).toHaveLength(2);
  });
});

describe("where to", () => {
  const importAll = async () => {
    await press("Import 8 requests");
    await screen.findByRole("table", { name: "Secrets found" });
    await press("Import 8 requests");
  };

  it("goes into a folder of this workspace, says so and shows it in the tree", async () => {
    core.wanted = [];
    ask({ from: { type: "text", text: "{}" }, into: "Old" });
    fireEvent.click(await screen.findByRole("button", { name: /^Folder in the workspace: \s*Old$/ }));
    fireEvent.click(await screen.findByRole("option", { name: /Deeper/ }));
    await importAll();
    expect(await screen.findByText("8 requests came into Shop")).toBeTruthy();
    expect(core.applied[0]?.target).toEqual({ type: "here", folder: "Old/Deeper" });
    expect([...useOrganise.getState().selected]).toEqual(["Orders", "Catalogue", "Who am I"]);
    await press("Show receipt");
    expect((await lines()).length).toBeGreaterThan(1);
    await press("Done");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(core.dropped).toEqual(["import-1"]);
  });

  it("makes a workspace of its own, once it has a name and a folder, and opens it", async () => {
    core.wanted = [];
    ask({ from: { type: "text", text: "{}" }, fresh: true });
    await press("Import 8 requests");
    expect(screen.getByText(/Say which folder/)).toBeTruthy();
    await press("Browse…");
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Folder for the workspace" }).value).toBe(
        "/home/me/shop",
      ),
    );
    await importAll();
    expect(await screen.findByText("8 requests came into Fresh")).toBeTruthy();
    expect(core.applied[0]?.target).toEqual({ type: "new", folder: "/home/me/shop", name: "Storefront API" });
    expect(opened).toEqual(["/home/me/shop"]);
    expect(useWorkspace.getState().workspace?.root).toBe("/home/me/shop");
  });

  it("imports environments alone", async () => {
    core.wanted = [];
    ask();
    await tree();
    await press("Check no item");
    fireEvent.click(screen.getByRole("checkbox", { name: "Staging" }));
    await press("Import 1 environment");
    expect(await screen.findByText("1 environment came into Shop")).toBeTruthy();
    expect(core.applied[0]).toMatchObject({ nodes: [], environments: [1], secrets: [] });
  });

  it("opens a folder in place that is a workspace already", async () => {
    core.wanted = [];
    core.opensInPlace = "/home/me/there";
    ask();
    await press("Open it in place");
    await waitFor(() => expect(opened).toEqual(["/home/me/there"]));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says why nothing was written, and keeps the choices", async () => {
    core.wanted = [];
    core.refuse = "The disk is full.";
    ask();
    fireEvent.click(box(await item("Who am I")));
    await press("Import 7 requests");
    await press("Import 7 requests");
    expect((await screen.findByText("The disk is full.")).closest("[role=alert]")?.textContent).toContain(
      "Make room",
    );
    expect(await button("Import 7 requests")).toBeTruthy();
  });

  it("keeps the link to a description, and offers to compare one that is known", async () => {
    core.wanted = [];
    core.linkable = true;
    core.linked = "Old";
    ask();
    fireEvent.click(await screen.findByRole("checkbox", { name: "Stay linked to the description" }));
    await importAll();
    await waitFor(() => expect(core.applied[0]?.link).toBe(false));
    await press("Done");
    ask();
    await press("Compare instead…");
    expect(useTransfer.getState().comparing?.folder).toBe("Old");
  });
});

describe("offers", () => {
  /** The system, which knows what is held over the window. */
  let system: DropListener | null = null;
  const drop = (from: ImportFrom) =>
    act(() => {
      system?.over(false);
      system?.dropped(from);
    });

  beforeEach(() => {
    cleanup();
    setBackend({
      ...memoryBackend(core.handlers),
      drops: (listener) => {
        system = listener as DropListener;
        return () => {
          system = null;
        };
      },
    });
    render(<Overlays />);
  });

  it("shows what dropped files bring, one after the other", async () => {
    act(() => system?.over(true));
    expect(screen.getByText("Drop to import")).toBeTruthy();
    drop({ type: "paths", paths: ["/home/me/shop.json", "/home/me/more"] });
    expect(screen.queryByText("Drop to import")).toBeNull();
    expect(await tree()).toBeTruthy();
    drop({ type: "paths", paths: ["/home/me/other.zip"] });
    await waitFor(() => expect(core.dropped).toEqual(["import-1"]));
    expect(await tree()).toBeTruthy();
  });

  it("takes nothing new while it writes", async () => {
    drop({ type: "paths", paths: ["/home/me/shop.json"] });
    await tree();
    act(() => useTransfer.setState({ isWriting: true }));
    const before = useTransfer.getState().importing;
    drop({ type: "paths", paths: ["/home/me/other.zip"] });
    expect(useTransfer.getState().importing).toBe(before);
  });

  const paste = (text: string) => fireEvent.paste(document.body, { clipboardData: { getData: () => text } });

  it("offers a pasted or dropped collection, and leaves other texts alone", async () => {
    paste("just some words");
    paste("https://shop.example.com/orders/7");
    expect(useTransfer.getState().importing).toBeNull();
    paste('{"info": {"_postman_id": "1"}, "item": []}');
    expect(await tree()).toBeTruthy();
    await press("Cancel");
    fireEvent.drop(window, {
      dataTransfer: { types: ["text/plain"], getData: () => "curl https://shop.example.com" },
    });
    expect(await tree()).toBeTruthy();
  });

  it("fills in a pasted address of a description, and fetches nothing yet", async () => {
    paste(" https://shop.example.com/openapi.json\n");
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "URL to import from" });
    expect(field.value).toBe("https://shop.example.com/openapi.json");
    expect(screen.queryByRole("tree", { name: "What to import" })).toBeNull();
    await press("Continue");
    expect(await tree()).toBeTruthy();
  });
});

import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { Interchange } from "../../dev/interchange";
import { setBackend } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { emptyRequest } from "../../request/empty";
import { useOrganise } from "../../stores/organise";
import { useTransfer } from "../../stores/transfer";
import { showWorkspace } from "../../stores/workspace";
import { Overlays } from "../Overlays";
// Loaded before the first test waits for it.
import "./DifferenceDialog";
import "../collections/FolderSettings";

let core: Interchange;

const readFolder: Handlers["readFolder"] = ({ path }) => {
  const { settings } = emptyRequest("");
  const defaults = { headers: [], auth: { type: "none" as const }, variables: [], scripts: [], settings };
  const shown = { name: "Orders", description: "", seq: null, docs: "", globals: [], clientCertificates: [] };
  return { path, revision: "1", folder: { ...shown, defaults } };
};

beforeEach(() => {
  core = new Interchange();
  setBackend(memoryBackend({ ...core.handlers, readFolder }));
  useTransfer.setState(useTransfer.getInitialState(), true);
  useOrganise.setState(useOrganise.getInitialState(), true);
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes: [
      {
        path: "Orders",
        parent: "",
        name: "Orders",
        kind: "folder",
        method: null,
        protocol: null,
        error: null,
      },
    ],
    environments: [],
    environment: null,
    branch: null,
    uiState: null,
    drafts: [],
  });
  render(<Overlays />);
});

const open = () => act(() => useTransfer.setState({ comparing: { folder: "Orders", from: null } }));
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
const box = (name: string) => screen.findByRole<HTMLInputElement>("checkbox", { name });

it("is opened from the settings of a folder", async () => {
  act(() => useOrganise.setState({ settingsOf: "Orders" }));
  await press("Compare with the description…");
  expect(await screen.findByRole("dialog", { name: "Compare Orders with its description" })).toBeTruthy();
});

it("says what was added, changed and is gone, and takes over what is checked", async () => {
  open();
  const list = await screen.findByRole("list", { name: "Differences" });
  expect(within(list).getByText("new query parameter limit")).toBeTruthy();
  expect(within(list).getByText("edited here")).toBeTruthy();
  expect((await box("All of Added")).checked).toBe(true);
  expect((await box("All of Gone")).checked).toBe(false);
  fireEvent.click(await box("Take over GET List orders"));
  expect((await box("All of Changed")).indeterminate).toBe(true);
  fireEvent.click(await box("All of Gone"));
  await press("Take over 4 changes");
  expect(await screen.findByText("4 changes were taken over.")).toBeTruthy();
  expect(core.taken).toEqual([[0, 1, 3, 4]]);
  expect([...useOrganise.getState().selected]).toEqual(["Orders/Cancel order"]);
});

it("asks for the description where none is known", async () => {
  core.isUnlinked = true;
  open();
  expect((await screen.findByRole("alert")).textContent).toContain("not known where its description is");
  const url = screen.getByRole("textbox", { name: "URL of the description" });
  fireEvent.change(url, { target: { value: "nowhere" } });
  await press("Read");
  expect(screen.getByText(/A whole address is needed/)).toBeTruthy();
  fireEvent.change(url, { target: { value: "https://shop.example.com/openapi.json" } });
  await press("Read");
  expect(await screen.findByRole("list", { name: "Differences" })).toBeTruthy();
});

it("says when nothing differs", async () => {
  core.isSame = true;
  open();
  expect(await screen.findByText("Nothing differs from the description")).toBeTruthy();
  await press("Close");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("says why nothing was taken over, and keeps the choice", async () => {
  core.refuse = "The disk is full.";
  open();
  fireEvent.click(await box("Take over GET List orders"));
  await press("Take over 3 changes");
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
  expect((await box("Take over GET List orders")).checked).toBe(false);
});

import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { Interchange } from "../../dev/interchange";
import { setBackend } from "../../ipc";
import { memoryBackend } from "../../ipc/memory";
import { useLayout } from "../../stores/layout";
import { askToExport, useTransfer } from "../../stores/transfer";
import { showWorkspace } from "../../stores/workspace";
import { Overlays } from "../Overlays";
// Loaded before the first test waits for it.
import "./ExportDialog";

let core: Interchange;

beforeEach(() => {
  core = new Interchange();
  setBackend(memoryBackend(core.handlers));
  useTransfer.setState(useTransfer.getInitialState(), true);
  useLayout.setState({ exportFormat: "" });
  const environment = { color: "", extends: null, error: null };
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
    environments: [
      { name: "Staging", ...environment },
      { name: "Production", ...environment },
    ],
    environment: null,
    branch: null,
    uiState: null,
    drafts: [],
  });
  render(<Overlays />);
});

const open = (paths: string[]) => act(() => askToExport(paths));
const button = (name: string) => screen.findByRole("button", { name });
const press = async (name: string) => fireEvent.click(await button(name));
const to = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Export to" });

it("says what will not come out, and writes with the environments that were left checked", async () => {
  open(["Orders"]);
  expect(await screen.findByRole("dialog", { name: "Export Orders" })).toBeTruthy();
  const lines = await screen.findByRole("list", { name: "What will not come out as it is" });
  expect(within(lines).getByText("There is no such setting there.")).toBeTruthy();
  await press("Export");
  expect(screen.getByRole("alert").textContent).toContain("Say where to");
  await press("Browse…");
  await waitFor(async () => expect((await to()).value).toBe("/home/me/shop.json"));
  fireEvent.click(screen.getByRole("checkbox", { name: "Production" }));
  await press("Export");
  expect(await screen.findByText("Exported to")).toBeTruthy();
  expect(screen.getByText("/home/me/shop.json")).toBeTruthy();
  expect(core.exported).toEqual([
    { paths: ["Orders"], format: "postman", environments: ["Staging"], to: "/home/me/shop.json" },
  ]);
  await press("Close");
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("exports everything, remembers the format, and asks for a folder where it is one", async () => {
  open([]);
  expect(await screen.findByRole("dialog", { name: "Export all of Shop" })).toBeTruthy();
  fireEvent.change(await to(), { target: { value: "/home/me/shop.json" } });
  await press("Insomnia .yaml");
  expect((await to()).value).toBe("/home/me/shop.yaml");
  await press("Bruno folder");
  expect(await screen.findByText("14 files, 48.2 KB")).toBeTruthy();
  expect((await to()).value).toBe("");
  await press("Browse…");
  await waitFor(async () => expect((await to()).value).toBe("/home/me/shop"));
  expect(useLayout.getState().exportFormat).toBe("bruno");
});

it("says when all of it comes out, and when a format cannot take it", async () => {
  open([]);
  await press("OpenCollection .yml");
  expect(await screen.findByText("Everything comes out as it is.")).toBeTruthy();
  await press("OpenAPI .json");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Give its requests a URL.");
  expect((await button("Export")).hasAttribute("disabled")).toBe(true);
});

it("says why nothing was written, and keeps what was said", async () => {
  core.refuse = "The disk is full.";
  open(["Orders"]);
  fireEvent.change(await to(), { target: { value: "/mnt/shop.json" } });
  await press("Export");
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
  expect((await to()).value).toBe("/mnt/shop.json");
});

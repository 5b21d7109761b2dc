import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { Interchange } from "../../dev/interchange";
import { setBackend } from "../../ipc";
import { memoryBackend } from "../../ipc/memory";
import { emptyRequest } from "../../request/empty";
import { useDrafts } from "../../stores/drafts";
import { useLayout } from "../../stores/layout";
import { openTab, useTabs } from "../../stores/tabs";
import { askForCode, useTransfer } from "../../stores/transfer";
import { showWorkspace } from "../../stores/workspace";
import { Core, openWindow } from "../../test/window";
import { Overlays } from "../Overlays";
import { grouped } from "./targets";
// Loaded before the first test waits for it.
import "./CodeDialog";
import "../../components/editor/CodeMirror";

const request = { ...emptyRequest("List"), url: "{{base_url}}/orders" };

beforeEach(() => {
  const { handlers } = new Interchange();
  const inherited = { auth: null, headers: [] };
  setBackend(
    memoryBackend({ ...handlers, readRequest: ({ path }) => ({ path, revision: "1", request, inherited }) }),
  );
  useTransfer.setState(useTransfer.getInitialState(), true);
  useTabs.setState({ tabs: [], active: null, closed: [] });
  useLayout.setState({ codeTarget: "" });
});

async function open() {
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes: [],
    environments: [],
    environment: null,
    branch: null,
    uiState: null,
    drafts: [],
  });
  render(<Overlays />);
  await act(() => askForCode("List"));
}

const field = () => screen.findByRole("combobox", { name: "Find a language" });
const code = (target: string) => screen.findByRole("textbox", { name: `The request in ${target}` });

it("shows the request in a language, and remembers which", async () => {
  await open();
  expect((await code("Shell, curl")).textContent).toContain("curl --request GET");
  const list = screen.getByRole("listbox", { name: "Languages" });
  fireEvent.click(within(list).getByRole("option", { name: "Python, requests" }));
  await waitFor(async () =>
    expect((await code("Python, requests")).textContent).toContain("import requests"),
  );
  expect(within(await screen.findByRole("list", { name: "Notes" })).getByText(/timeout/)).toBeTruthy();
  expect(useLayout.getState().codeTarget).toBe("python-requests");
});

it("finds a language by typing, and goes on with the arrows", async () => {
  await open();
  fireEvent.change(await field(), { target: { value: "pyth" } });
  expect(await code("Python, requests")).toBeTruthy();
  fireEvent.keyDown(await field(), { key: "ArrowDown" });
  expect(await code("Python, httpx")).toBeTruthy();
  fireEvent.keyDown(await field(), { key: "ArrowUp" });
  fireEvent.keyDown(await field(), { key: "ArrowUp" });
  expect(await code("Python, aiohttp")).toBeTruthy();
  fireEvent.change(await field(), { target: { value: "cobol" } });
  expect(screen.getByText("No language is called “cobol”")).toBeTruthy();
});

it("fills variables in when asked to; secrets stay", async () => {
  await open();
  expect((await code("Shell, curl")).textContent).toContain("{{base_url}}/orders");
  fireEvent.click(screen.getByRole("switch", { name: "Fill in variables" }));
  await waitFor(async () =>
    expect((await code("Shell, curl")).textContent).toContain("https://shop.example.com/orders"),
  );
  expect((await code("Shell, curl")).textContent).toContain("{{token}}");
});

it("says why there is no code, and what to do", async () => {
  await open();
  fireEvent.change(await field(), { target: { value: "wget" } });
  expect((await screen.findByRole("alert")).textContent).toContain("Choose another language.");
});

it("opens with its keys, on what is typed", async () => {
  const core = new Core();
  core.put("List", { url: "https://saved.test/" });
  openWindow(core);
  setBackend(memoryBackend({ ...core.handlers, ...new Interchange().handlers }));
  act(() => useTabs.setState((s) => openTab(s, { path: "List", name: "List", method: "GET" }, "pin")));
  const url = await screen.findByRole("textbox", { name: "URL" });
  fireEvent.change(url, { target: { value: "https://typed.test/" } });
  fireEvent.keyDown(window, { key: "g", ctrlKey: true, shiftKey: true });
  expect((await code("Shell, curl")).textContent).toContain("https://typed.test/");
  expect(Object.values(useDrafts.getState())).toHaveLength(1);
});

it("groups what is found by language", () => {
  const of = (id: string, language: string, library: string) => ({ id, language, library, syntax: "" });
  const all = [of("a", "Java", "OkHttp"), of("b", "JavaScript", "fetch"), of("c", "Java", "HttpClient")];
  expect(grouped(all, "").map((group) => [group.language, group.targets.length])).toEqual([
    ["Java", 2],
    ["JavaScript", 1],
  ]);
  expect(grouped(all, "java http").flatMap((group) => group.targets.map((each) => each.id))).toEqual([
    "a",
    "c",
  ]);
});

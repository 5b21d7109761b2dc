import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { type Node, setBackend } from "../ipc";
import { memoryBackend } from "../ipc/memory";
import { handleCommand } from "../stores/commands";
import { useTabs } from "../stores/tabs";
import { showWorkspace, useWorkspace } from "../stores/workspace";
import Palette from "./Palette";

const node = (name: string, method: string): Node => {
  return { path: `${name}.yml`, parent: "", name, kind: "request", method, protocol: null, error: null };
};
const asked = vi.fn();

beforeEach(() => {
  setBackend(
    memoryBackend({
      selectEnvironment: () => ({}),
      searchHistory: ({ words }) => {
        asked(words);
        return { entries: [], next: null };
      },
    }),
  );
  useTabs.setState({ tabs: [], active: null, closed: [] });
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes: [node("List orders", "GET"), node("Create order", "POST")],
    environments: [{ name: "Staging", color: "#e0a63c", error: null }],
    environment: null,
    branch: null,
    uiState: null,
    drafts: [],
  });
  render(<Palette onClose={() => undefined} />);
});

const field = () => screen.getByRole("combobox", { name: "Search requests, history and commands" });
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const enter = () => fireEvent.keyDown(field(), { key: "Enter" });
const options = () => screen.getAllByRole("option").map((each) => each.getAttribute("aria-label"));

it("finds a request by its method and opens it", async () => {
  type("post order");
  expect(options()[0]).toBe("POST Create order");
  enter();
  await waitFor(() => expect(useTabs.getState().tabs[0]?.path).toBe("Create order.yml"));
});

it("runs commands and changes the environment", async () => {
  const run = vi.fn();
  const undo = handleCommand("toggleSidebar", run);
  type("sidebar");
  enter();
  await waitFor(() => expect(run).toHaveBeenCalledOnce());
  undo();
  type("use stag");
  enter();
  await waitFor(() => expect(useWorkspace.getState().workspace?.environment).toBe("Staging"));
});

it("asks history for what is typed, and moves with the arrows", async () => {
  type("orders");
  await waitFor(() => expect(asked).toHaveBeenCalledWith("orders"));
  type("order");
  const before = field().getAttribute("aria-activedescendant");
  fireEvent.keyDown(field(), { key: "ArrowDown" });
  expect(field().getAttribute("aria-activedescendant")).not.toBe(before);
});

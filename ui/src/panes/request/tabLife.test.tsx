import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { flushDrafts, useDrafts } from "../../stores/drafts";
import { followMoves } from "../../stores/tabLife";
import { openTab, useTabs } from "../../stores/tabs";
import { Core, openWindow } from "../../test/window";

let core: Core;

beforeEach(() => {
  core = new Core();
  core.put("a", { url: "https://a.test/" });
});

const url = () => screen.findByRole<HTMLInputElement>("textbox", { name: "URL" });
const type = async (value: string) => fireEvent.change(await url(), { target: { value } });
const tabs = () => useTabs.getState().tabs;
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  fireEvent.keyDown(window, { key, ctrlKey: true, ...more });
const button = (name: string) => screen.findByRole("button", { name });

async function open() {
  const shown = openWindow(core);
  useTabs.setState((state) => openTab(state, { path: "a", name: "a", method: "GET" }, "preview"));
  await url();
  return shown;
}

describe("saving", () => {
  it("marks, pins and saves", async () => {
    await open();
    await type("https://b.test/");
    expect(tabs()[0]).toMatchObject({ unsaved: true, preview: false });
    press("s");
    await waitFor(() => expect(tabs()[0]?.unsaved).toBe(false));
    expect(core.files.get("a")?.request.url).toBe("https://b.test/");
  });

  it("is clean again when the old text is typed again, and keeps no draft", async () => {
    await open();
    await type("https://b.test/");
    await flushDrafts();
    expect(core.drafts.size).toBe(1);
    await type("https://a.test/");
    expect(tabs()[0]?.unsaved).toBe(false);
    await flushDrafts();
    expect(core.drafts.size).toBe(0);
  });

  it("says beside the request why it failed, and keeps the work", async () => {
    await open();
    await type("https://b.test/");
    core.refuse = "The disk is full.";
    press("s");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect((await url()).value).toBe("https://b.test/");
    core.refuse = null;
    fireEvent.click(await button("Try again"));
    await waitFor(() => expect(core.files.get("a")?.request.url).toBe("https://b.test/"));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("asks a new request for its name", async () => {
    const user = userEvent.setup();
    openWindow(core);
    press("n");
    await type("https://new.test/");
    press("s");
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "New one{Enter}");
    await waitFor(() => expect(core.files.get("New one.yml")?.request.url).toBe("https://new.test/"));
    expect(tabs().at(-1)).toMatchObject({ path: "New one.yml", name: "New one", unsaved: false });
  });
});

describe("changes made outside", () => {
  const edited = (tell: (event: { type: "item"; path: string; revision: string | null }) => void) => {
    core.put("a", { url: "https://outside.test/" });
    tell({ type: "item", path: "a", revision: core.read("a").revision });
  };

  it("show at once in a tab without changes", async () => {
    const { tell } = await open();
    edited(tell);
    await waitFor(async () => expect((await url()).value).toBe("https://outside.test/"));
    expect(tabs()[0]?.unsaved).toBe(false);
  });

  it("take nothing from a tab with changes: mine wins, theirs can be reopened", async () => {
    const { tell } = await open();
    await type("https://mine.test/");
    edited(tell);
    fireEvent.click(await button("Mine"));
    await waitFor(() => expect(core.files.get("a")?.request.url).toBe("https://mine.test/"));
    fireEvent.click(await button("Open it"));
    await waitFor(async () => expect((await url()).value).toBe("https://outside.test/"));
    expect(tabs()).toHaveLength(2);
  });

  it("or theirs is taken, and mine can be reopened", async () => {
    const { tell } = await open();
    await type("https://mine.test/");
    edited(tell);
    fireEvent.click(await button("Theirs"));
    await waitFor(async () => expect((await url()).value).toBe("https://outside.test/"));
    expect(tabs()[0]?.unsaved).toBe(false);
    press("T", { shiftKey: true });
    await waitFor(async () => expect((await url()).value).toBe("https://mine.test/"));
  });

  it("are found when saving, and shown line by line", async () => {
    await open();
    await type("https://mine.test/");
    core.put("a", { url: "https://outside.test/" });
    press("s");
    fireEvent.click(await button("Difference"));
    const lines = await screen.findByRole("list", { name: "Lines of the file" });
    expect(lines.textContent).toContain("https://outside.test/");
    expect(core.files.get("a")?.request.url).toBe("https://outside.test/");
  });

  it("deleting a file leaves its tab as work that is not saved; it comes back with the file", async () => {
    const { tell } = await open();
    const file = core.files.get("a");
    core.files.delete("a");
    tell({ type: "item", path: "a", revision: null });
    await waitFor(() => expect(tabs()[0]).toMatchObject({ path: null, unsaved: true }));
    expect((await url()).value).toBe("https://a.test/");
    if (file) core.files.set("a", file);
    tell({ type: "item", path: "a", revision: "1" });
    await waitFor(() => expect(tabs()[0]).toMatchObject({ path: "a", unsaved: false }));
  });

  it("a rename takes the tab and its changes along", async () => {
    const { tell } = await open();
    await type("https://mine.test/");
    core.put("b", { url: "https://a.test/", name: "b" });
    core.files.delete("a");
    tell({ type: "item", path: "a", revision: null });
    followMoves([["a", "b"]]);
    await waitFor(() => expect(tabs()[0]).toMatchObject({ path: "b", name: "b", unsaved: true }));
    expect((await url()).value).toBe("https://mine.test/");
    expect(screen.queryByRole("button", { name: "Mine" })).toBeNull();
  });
});

describe("closing", () => {
  it("asks when something would be lost: cancel, discard, and reopen with what was typed", async () => {
    await open();
    await type("https://mine.test/");
    press("w");
    fireEvent.click(await button("Cancel"));
    expect(tabs()).toHaveLength(1);
    press("w");
    fireEvent.click(await button("Discard"));
    await waitFor(() => expect(tabs()).toHaveLength(0));
    expect(core.drafts.size).toBe(0);
    press("T", { shiftKey: true });
    await waitFor(async () => expect((await url()).value).toBe("https://mine.test/"));
    expect(tabs()[0]?.unsaved).toBe(true);
  });

  it("saves first when asked to", async () => {
    await open();
    await type("https://mine.test/");
    press("w");
    const dialog = await screen.findByRole("alertdialog");
    fireEvent.click([...dialog.querySelectorAll("button")].find((b) => b.textContent === "Save") as Element);
    await waitFor(() => expect(tabs()).toHaveLength(0));
    expect(core.files.get("a")?.request.url).toBe("https://mine.test/");
  });

  it("does not ask for a tab without changes", async () => {
    await open();
    press("w");
    await waitFor(() => expect(tabs()).toHaveLength(0));
  });
});

describe("a restart", () => {
  it("brings tabs and drafts back, the never saved ones too", async () => {
    const { unmount } = await open();
    await type("https://mine.test/");
    press("n");
    await type("https://new.test/");
    window.dispatchEvent(new Event("pagehide"));
    await waitFor(() => expect(core.uiState).not.toBeNull());
    unmount();
    openWindow(core);
    await waitFor(async () => expect((await url()).value).toBe("https://new.test/"));
    expect(tabs().map((tab) => tab.unsaved)).toEqual([true, true]);
    press("Tab");
    await waitFor(async () => expect((await url()).value).toBe("https://mine.test/"));
    press("s");
    await waitFor(() => expect(core.files.get("a")?.request.url).toBe("https://mine.test/"));
  });

  it("finds a file that changed meanwhile, and a draft whose tab was never kept", async () => {
    const { unmount } = await open();
    await type("https://mine.test/");
    await flushDrafts();
    unmount();
    core.uiState = null;
    core.put("a", { url: "https://outside.test/" });
    openWindow(core);
    await button("Theirs");
    expect((await url()).value).toBe("https://mine.test/");
    expect(Object.keys(useDrafts.getState())).toHaveLength(1);
  });
});

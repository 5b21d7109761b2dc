import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { openTab, useTabs } from "../../stores/tabs";
import { useWorkspace } from "../../stores/workspace";
import { Core, openWindow } from "../../test/window";

let core: Core;

beforeEach(() => {
  core = new Core();
  core.put("Orders", { url: "https://shop.test/orders", auth: { type: "bearer", token: "{{token}}" } });
});

async function open() {
  openWindow(core);
  const environments = ["Staging", "Live"].map((name) => ({ name, color: "", error: null }));
  useWorkspace.setState((s) => ({
    workspace: s.workspace && { ...s.workspace, environments, environment: "Staging" },
  }));
  useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
  fireEvent.click(await screen.findByRole("tab", { name: "Auth" }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Check what the server refuses…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "What the server refuses" }));
  return { user, dialog };
}

it("sends nothing before it is told to, and flags what was let in", async () => {
  core.credentials.hasHole = true;
  const { user, dialog } = await open();
  expect(dialog.queryByRole("table")).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Start" }));
  const table = within(await dialog.findByRole("table", { name: "Answers by credential" }));
  expect(dialog.getByRole("alert").textContent).toContain("One request was let in");
  const row = table.getByRole("row", { name: /tampered/ });
  expect(row.dataset.verdict).toBe("hole");
  expect(row.textContent).toContain("The signature is not checked.");
  expect(table.getByRole("row", { name: /expired/ }).textContent).toContain("not sent");
});

it("opens the exchange of a row, and goes back", async () => {
  const { user, dialog } = await open();
  await user.click(dialog.getByRole("button", { name: "Start" }));
  await user.click(await dialog.findByRole("button", { name: "Show the exchange: No credential" }));
  const exchange = within(dialog.getByRole("region", { name: "No credential" }));
  expect(exchange.getByRole("status", { name: "Outcome" }).textContent).toContain("401 Unauthorized");
  await user.click(dialog.getByRole("button", { name: "Back to the table" }));
  expect(dialog.getByRole("table")).toBeTruthy();
  expect(dialog.getByText("Everything that should be refused was refused.")).toBeTruthy();
});

it("tries another environment's credentials when asked", async () => {
  const { user, dialog } = await open();
  await user.click(dialog.getByRole("button", { name: /Also with the credentials of/ }));
  await user.click(await screen.findByRole("option", { name: "Live" }));
  await user.click(dialog.getByRole("button", { name: "Start" }));
  expect(
    await dialog.findByRole("button", { name: "Show the exchange: The credential of Live" }),
  ).toBeTruthy();
});

it("stops, and says what went wrong", async () => {
  const cancelled: string[] = [];
  core.handlers.checkAuth = () => new Promise(() => undefined);
  core.handlers.cancel = ({ exchange }) => {
    cancelled.push(exchange);
    return {};
  };
  const { user, dialog } = await open();
  await user.click(dialog.getByRole("button", { name: "Start" }));
  await user.click(await dialog.findByRole("button", { name: "Stop" }));
  expect(cancelled.length).toBe(1);
});

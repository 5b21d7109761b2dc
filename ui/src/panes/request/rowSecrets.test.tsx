import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Request } from "../../ipc";
import { useDrafts } from "../../stores/drafts";
import { openTab, useTabs } from "../../stores/tabs";
import { Core, openWindow } from "../../test/window";

let core: Core;
const find = vi.fn();

beforeEach(() => {
  core = new Core();
  find.mockClear();
  const { findLiterals } = core.credentials.handlers;
  core.handlers.findLiterals = (args, report) => {
    find(args);
    return findLiterals?.(args, report) ?? [];
  };
});

async function open(part: string, request: Partial<Request> = {}) {
  core.put("Orders", { url: "https://shop.test/orders", ...request });
  openWindow(core);
  useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
  fireEvent.click(await screen.findByRole("tab", { name: part }));
  return userEvent.setup();
}

const draft = () => Object.values(useDrafts.getState())[0]?.request;
const bar = (name: string) => screen.findByRole("group", { name: `Secret in ${name}` });

it("offers the keychain when a header that holds a secret is left, and keeps the word before it", async () => {
  const user = await open("Headers");
  await user.type(screen.getByLabelText("Name, row 1"), "Authorization");
  await user.type(screen.getByLabelText("Value, row 1"), "Bearer abc123def");
  expect(screen.queryByRole("group", { name: "Secret in Authorization" })).toBeNull();
  await user.tab();
  const offer = within(await bar("Authorization"));
  expect(find).toHaveBeenCalledOnce();
  await user.click(offer.getByRole("button", { name: "Keep Authorization in the keychain" }));
  await waitFor(() => expect(draft()?.headers[0]?.value).toBe("Bearer {{authorization}}"));
  expect(core.credentials.kept.get("/authorization")).toBe("abc123def");
  expect(document.activeElement).toBe(screen.getByLabelText("Value, row 1"));
  expect(screen.queryByRole("group", { name: "Secret in Authorization" })).toBeNull();
});

it("asks once for what was typed, and no more for what is left as text", async () => {
  const user = await open("Params", {
    url: "https://shop.test/orders?api_key=abc123def",
    params: [{ name: "api_key", value: "abc123def", kind: "query", description: "", enabled: true }],
  });
  await user.click(screen.getByLabelText("Value, row 1"));
  await user.tab();
  await user.click(within(await bar("api_key")).getByRole("button", { name: "Leave api_key as text" }));
  await user.tab();
  await user.click(screen.getByLabelText("Name, row 1"));
  await user.tab();
  expect(find).toHaveBeenCalledOnce();
  expect(screen.queryByRole("group", { name: "Secret in api_key" })).toBeNull();
  expect(draft()?.params[0]?.value).toBe("abc123def");
});

it("does not ask about variables and empty rows, and offers nothing for what is no secret", async () => {
  const user = await open("Headers", {
    headers: [
      { name: "X-Api-Key", value: "{{key}}", description: "", enabled: true },
      { name: "Accept", value: "application/json", description: "", enabled: true },
    ],
  });
  await user.click(screen.getByLabelText("Value, row 1"));
  await user.click(screen.getByLabelText("Value, row 3"));
  await user.tab();
  expect(find).not.toHaveBeenCalled();
  await user.click(screen.getByLabelText("Value, row 2"));
  await user.tab();
  await waitFor(() => expect(find).toHaveBeenCalledOnce());
  expect(screen.queryByRole("group", { name: /^Secret in/ })).toBeNull();
});

it("offers it for the parts of a form", async () => {
  const part = { contentType: "", description: "", enabled: true, files: [] };
  const user = await open("Body", {
    body: { type: "multipart", rows: [{ name: "password", kind: "text", value: "hunter2!", ...part }] },
  });
  await user.click(screen.getByLabelText("Value, row 1"));
  await user.tab();
  await user.click(
    within(await bar("password")).getByRole("button", { name: "Keep password in the keychain" }),
  );
  await waitFor(() =>
    expect(draft()?.body).toMatchObject({ rows: [{ name: "password", value: "{{password}}" }] }),
  );
});

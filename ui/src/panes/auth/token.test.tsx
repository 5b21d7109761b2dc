import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { blankAuth } from "../../auth/blank";
import { claimLines } from "../../auth/claims";
import { withValue } from "../../auth/fields";
import { span } from "../../auth/span";
import { sampleFlow } from "../../dev/credentials";
import type { Auth } from "../../ipc";
import { openTab, useTabs } from "../../stores/tabs";
import { Core, openWindow } from "../../test/window";

let core: Core;
const oauth2 = (flow = "authorization_code"): Auth =>
  withValue(blankAuth("oauth2") ?? { type: "none" }, "flow", flow);
const panel = () => within(screen.getByRole("region", { name: "Token" }));

beforeEach(() => {
  core = new Core();
  core.put("Orders", { url: "https://shop.test/orders", auth: oauth2() });
});

async function open() {
  openWindow(core);
  useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
  fireEvent.click(await screen.findByRole("tab", { name: "Auth" }));
  await screen.findByRole("region", { name: "Token" });
  return userEvent.setup();
}

describe("the token", () => {
  it("is had by the browser, with the final URL pasted by hand", async () => {
    const user = await open();
    expect(await panel().findByText("No token yet")).toBeTruthy();
    await user.click(panel().getByRole("button", { name: "Log in" }));
    expect(
      await panel().findByText("The browser is open. Waiting for the redirect to 127.0.0.1:49152"),
    ).toBeTruthy();
    await user.click(panel().getByRole("button", { name: "Open the page again" }));
    expect(core.credentials.opened).toEqual(["https://login.example.com/authorize?client_id=shop"]);
    const url = panel().getByRole("textbox", { name: "Paste the final URL" });
    await user.type(url, "https://elsewhere.test/{Enter}");
    expect((await panel().findByRole("alert")).textContent).toContain("holds no code");
    await user.clear(url);
    await user.type(url, "http://127.0.0.1:49152/callback?code=1&state=2{Enter}");
    expect(await panel().findByText("Valid")).toBeTruthy();
    expect(core.credentials.finished).toContain("code=1");
    expect(panel().getByText(/59 min \d+ s left|1 h left/)).toBeTruthy();
    expect(panel().getByText("orders:read")).toBeTruthy();
    await user.click(panel().getByRole("button", { name: "Ask the provider" }));
    await user.click(await panel().findByText("What the provider says of it"));
    expect(panel().getByRole("row", { name: "username ada" })).toBeTruthy();
  });

  it("is not had when the log-in is cancelled", async () => {
    const user = await open();
    await user.click(await panel().findByRole("button", { name: "Log in" }));
    await user.click(await panel().findByRole("button", { name: "Cancel the log-in" }));
    expect(await panel().findByText("No token yet")).toBeTruthy();
    expect(panel().queryByRole("alert")).toBeNull();
  });

  it("keeps the hops of a flow that failed, beside what the server said", async () => {
    const user = await open();
    core.handlers.logIn = () => {
      core.credentials.token = { ...core.credentials.token, hops: sampleFlow };
      throw { code: "token", message: "The server refused the code.", hint: "Log in again.", where: null };
    };
    await user.click(await panel().findByRole("button", { name: "Log in" }));
    expect((await panel().findByRole("alert")).textContent).toContain("The server refused the code.");
    expect(await panel().findByText("1 request of the flow")).toBeTruthy();
  });

  it("shows where to paste when nothing can listen, and the address when no browser opens", async () => {
    core.credentials.waits = {
      type: "browser",
      url: "https://login.example.com/authorize",
      redirectUri: "https://shop.test/cb",
      listening: false,
      problem: "No browser could be opened.",
    };
    const user = await open();
    await user.click(await panel().findByRole("button", { name: "Log in" }));
    expect(await panel().findByText(/https:\/\/shop.test\/cb, where Errand cannot listen/)).toBeTruthy();
    expect(panel().getByRole("alert").textContent).toContain("Open this address in a browser");
    expect(panel().getByRole("button", { name: "Copy https://login.example.com/authorize" })).toBeTruthy();
  });

  it("shows the code of a device flow until it ends", async () => {
    core.credentials.waits = {
      type: "device",
      userCode: "WDJB-MJHT",
      verificationUri: "https://login.example.com/device",
      verificationUriComplete: null,
      expiresAt: new Date(Date.now() + 300_000).toISOString(),
    };
    core.put("Orders", { auth: oauth2("device_code") });
    const user = await open();
    await user.click(await panel().findByRole("button", { name: "Log in" }));
    expect((await panel().findByRole("status", { name: "Code" })).textContent).toBe("WDJB-MJHT");
    await user.click(panel().getByRole("link", { name: "https://login.example.com/device" }));
    await user.click(panel().getByRole("button", { name: "Open the verification page" }));
    expect(core.credentials.opened).toEqual(Array(2).fill("https://login.example.com/device"));
    core.credentials.noBrowser = "The page was not opened: there is no browser.";
    await user.click(panel().getByRole("button", { name: "Open the verification page" }));
    expect((await panel().findByRole("alert")).textContent).toContain("there is no browser");
    expect(panel().getByText(/The code is good for \d+ min/)).toBeTruthy();
  });

  it("is fetched without anybody where the flow needs nobody, and its hops can be looked at", async () => {
    core.put("Orders", { auth: oauth2("client_credentials") });
    const user = await open();
    await user.click(await panel().findByRole("button", { name: "Fetch a token" }));
    await user.click(await panel().findByText("1 request of the flow"));
    const hop = within(panel().getByRole("region", { name: "Token request" }));
    expect(hop.getByText(/Authorization: Basic ••••••/)).toBeTruthy();
    expect(hop.getByText(/"access_token":"••••••"/)).toBeTruthy();
  });

  it("is refreshed, revoked only when asked again, and forgotten", async () => {
    const user = await open();
    core.credentials.handlers.token = () => core.credentials.token;
    core.credentials.token = {
      ...core.credentials.token,
      state: "expired",
      expiresAt: new Date(Date.now() - 90_000).toISOString(),
      canRefresh: true,
      canRevoke: true,
      problem: { code: "invalid-grant", message: "The server refused.", hint: "Log in again.", where: null },
    };
    core.put("Orders", { auth: withValue(oauth2(), "scope", "a") });
    await user.click(screen.getByRole("tab", { name: "Params" }));
    await user.click(screen.getByRole("tab", { name: "Auth" }));
    expect(await panel().findByText("Expired")).toBeTruthy();
    expect(panel().getByText(/^1 min \d+ s ago$/)).toBeTruthy();
    expect(panel().getByRole("alert").textContent).toContain("The server refused.");
    await user.click(panel().getByRole("button", { name: "Refresh" }));
    expect(await panel().findByText("Valid")).toBeTruthy();
    await user.click(panel().getByRole("button", { name: "Revoke…" }));
    const question = await screen.findByRole("alertdialog", { name: "Revoke this token?" });
    await user.click(within(question).getByRole("button", { name: "Cancel" }));
    expect(panel().getByText("Valid")).toBeTruthy();
    await user.click(panel().getByRole("button", { name: "Log out" }));
    expect(await panel().findByText("No token yet")).toBeTruthy();
  });

  it("is put on the clipboard when asked", async () => {
    const user = await open();
    await user.click(await panel().findByRole("button", { name: "Log in" }));
    await user.type(
      await panel().findByRole("textbox", { name: "Paste the final URL" }),
      "http://x/?code=1{Enter}",
    );
    await user.click(await panel().findByRole("button", { name: "Copy token" }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe("the-token-itself"));
  });
});

describe("what a token says", () => {
  it("is a table of header and claims, moments as such", () => {
    const lines = claimLines('{"header":{"alg":"RS256"},"claims":{"sub":"ada","exp":0,"roles":["a"]}}');
    expect(lines.map(({ name, value }) => `${name}=${value}`)).toEqual([
      "header.alg=RS256",
      "sub=ada",
      "exp=0",
      'roles=["a"]',
    ]);
    expect(lines[2]?.at?.getTime()).toBe(0);
    expect(claimLines("no JSON")).toEqual([]);
    expect(claimLines("[1]")).toEqual([]);
  });

  it("has its time in two units", () => {
    expect([0, 32, 75, 3600, 4321, 200_000, -5].map(span)).toEqual([
      "0 s",
      "32 s",
      "1 min 15 s",
      "1 h",
      "1 h 12 min",
      "2 d 7 h",
      "0 s",
    ]);
  });
});

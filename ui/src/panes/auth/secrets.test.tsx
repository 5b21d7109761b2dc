import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { blankAuth } from "../../auth/blank";
import { providerOf, suggestName } from "../../auth/literals";
import { emptyRequest } from "../../request/empty";
import { editDraft, useDrafts } from "../../stores/drafts";
import { openUnsaved } from "../../stores/saving";
import { openTab, useTabs } from "../../stores/tabs";
import { useWorkspace } from "../../stores/workspace";
import { Core, openWindow } from "../../test/window";

let core: Core;
const LITERAL = "s3cr3t-literal";
const auth = () => useDrafts.getState()[useTabs.getState().active ?? ""]?.request.auth;
const token = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Token" });

beforeEach(() => {
  core = new Core();
  core.put("Orders", { url: "https://api.github.com/user", auth: { type: "bearer", token: "" } });
});

async function open(environment: string | null = "Staging") {
  openWindow(core);
  useWorkspace.setState((s) => ({
    keychain: { state: "available", message: "", sessionOnly: 0 },
    workspace: s.workspace && { ...s.workspace, environment },
  }));
  useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
  fireEvent.click(await screen.findByRole("tab", { name: "Auth" }));
  await waitFor(token);
  return userEvent.setup();
}

describe("a secret that is typed", () => {
  it("goes to the keychain with Tab and Enter", async () => {
    const user = await open();
    await user.type(token(), LITERAL);
    await user.tab();
    const name = await screen.findByRole<HTMLInputElement>("textbox", { name: "Name for Token" });
    expect(document.activeElement).toBe(name);
    expect(name.value).toBe("github_token");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(auth()).toEqual({ type: "bearer", token: "{{github_token}}" }));
    expect(core.credentials.kept.get("Staging/github_token")).toBe(LITERAL);
    expect(document.activeElement).toBe(token());
    expect(screen.queryByRole("group", { name: "Secret in Token" })).toBeNull();
  });

  it("is offered after a click elsewhere, and may stay", async () => {
    const user = await open(null);
    await user.type(token(), LITERAL);
    fireEvent.blur(token());
    await screen.findByText("in the collection");
    await user.click(screen.getByRole("button", { name: "Leave Token as text" }));
    expect(auth()).toEqual({ type: "bearer", token: LITERAL });
    await user.click(token());
    await user.tab();
    expect(screen.queryByRole("group", { name: "Secret in Token" })).toBeNull();
    fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });
    await waitFor(() => expect(core.read("Orders").request.auth).toEqual({ type: "bearer", token: LITERAL }));
  });

  it("is a reference that nobody asks about", async () => {
    const user = await open();
    await user.type(token(), "{{{{token}}");
    await user.tab();
    expect(screen.queryByRole("group", { name: "Secret in Token" })).toBeNull();
  });

  it("keeps the lines of a key that is pasted", async () => {
    const jwt = blankAuth("jwt");
    if (jwt) core.put("Orders", { auth: jwt });
    openWindow(core);
    useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
    fireEvent.click(await screen.findByRole("tab", { name: "Auth" }));
    const key = await screen.findByRole("textbox", { name: "Key" });
    const pem = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
    fireEvent.paste(key, { clipboardData: { getData: () => pem } });
    expect(auth()).toMatchObject({ key: { type: "text", value: pem } });
    fireEvent.keyDown(key, { key: "Enter" });
    fireEvent.keyDown(await screen.findByRole("textbox", { name: "Name for Key" }), { key: "Enter" });
    await waitFor(() => expect([...core.credentials.kept.values()]).toEqual([pem]));
  });

  it("says why it could not be kept, and stays where it is", async () => {
    core.handlers.keepAsSecret = () => {
      throw { code: "keychain", message: "The keychain is locked.", hint: "Unlock it.", where: null };
    };
    const user = await open();
    await user.type(token(), LITERAL);
    await user.tab();
    await user.keyboard("{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("The keychain is locked. Unlock it.");
    expect(auth()).toEqual({ type: "bearer", token: LITERAL });
  });
});

describe("saving a request with a secret in it", () => {
  const save = () => fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });

  it("asks first, keeps it, and writes only the reference", async () => {
    const user = await open();
    fireEvent.change(token(), { target: { value: LITERAL } });
    save();
    await screen.findByRole("alertdialog", { name: "Keep secrets out of the file?" });
    expect(core.read("Orders").request.auth).toEqual({ type: "bearer", token: "" });
    await user.click(screen.getByRole("button", { name: "Keep and save" }));
    await waitFor(() =>
      expect(core.read("Orders").request.auth).toEqual({ type: "bearer", token: "{{token}}" }),
    );
    expect(core.credentials.kept.get("Staging/token")).toBe(LITERAL);
    expect(useTabs.getState().tabs[0]?.unsaved).toBe(false);
  });

  it("writes nothing when it is cancelled, and asks about a value once only", async () => {
    const user = await open();
    fireEvent.change(token(), { target: { value: LITERAL } });
    save();
    await screen.findByRole("alertdialog");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(core.read("Orders").request.auth).toEqual({ type: "bearer", token: "" });
    save();
    await user.click(await screen.findByRole("button", { name: "Save as it is" }));
    await waitFor(() => expect(core.read("Orders").request.auth).toEqual({ type: "bearer", token: LITERAL }));
    fireEvent.change(screen.getByRole("textbox", { name: "URL" }), { target: { value: "https://x.test" } });
    save();
    await waitFor(() => expect(core.read("Orders").request.url).toBe("https://x.test"));
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });
});

describe("other ways to save", () => {
  it("asks when a request gets its first file", async () => {
    openWindow(core);
    openUnsaved({ ...emptyRequest("New one"), auth: { type: "bearer", token: LITERAL } });
    const user = userEvent.setup();
    await screen.findByRole("textbox", { name: "URL" });
    fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });
    await user.click(await screen.findByRole("button", { name: "Save" }));
    await screen.findByRole("alertdialog", { name: "Keep secrets out of the file?" });
    expect(core.files.has("New one.yml")).toBe(false);
    await user.click(screen.getByRole("button", { name: "Keep and save" }));
    await waitFor(() => expect(core.files.has("New one.yml")).toBe(true));
    expect(core.read("New one.yml").request.auth).toEqual({ type: "bearer", token: "{{token}}" });
  });

  it("asks when a tab is saved and closed, and then closes it", async () => {
    const user = await open();
    fireEvent.change(token(), { target: { value: LITERAL } });
    fireEvent.keyDown(document.body, { key: "w", ctrlKey: true });
    await user.click(await screen.findByRole("button", { name: "Save" }));
    await user.click(await screen.findByRole("button", { name: "Save as it is" }));
    await waitFor(() => expect(useTabs.getState().tabs).toEqual([]));
    expect(core.read("Orders").request.auth).toEqual({ type: "bearer", token: LITERAL });
  });

  it("keeps what is chosen and leaves the rest", async () => {
    core.put("Orders", { auth: { type: "basic", username: "ada", password: LITERAL } });
    core.handlers.findLiterals = ({ request }) =>
      [
        { at: "headers.X-Api-Key", literal: "key-literal", suggestion: "x_api_key" },
        { at: "auth.password", literal: LITERAL, suggestion: "password" },
      ]
        .filter(({ literal }) => JSON.stringify(request).includes(literal))
        .map(({ at, literal, suggestion }) => {
          return { place: at, label: at, literal, shown: "…", suggestion, reason: "a secret" };
        });
    openWindow(core);
    useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
    await screen.findByRole("textbox", { name: "URL" });
    const tab = useTabs.getState().active ?? "";
    await waitFor(() => expect(useDrafts.getState()[tab]).toBeDefined());
    editDraft(tab, {
      headers: [{ name: "X-Api-Key", value: "key-literal", description: "", enabled: true }],
    });
    const user = userEvent.setup();
    fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });
    await user.click(await screen.findByRole("checkbox", { name: "Keep auth.password in the keychain" }));
    const name = screen.getByRole("textbox", { name: "Name for headers.X-Api-Key" });
    fireEvent.change(name, { target: { value: "shop key" } });
    expect(screen.getByRole("alert").textContent).toContain("Letters, digits");
    fireEvent.change(name, { target: { value: "shop_key" } });
    await user.click(screen.getByRole("button", { name: "Keep and save" }));
    await waitFor(() => expect(core.read("Orders").request.headers[0]?.value).toBe("{{shop_key}}"));
    expect(core.read("Orders").request.auth).toMatchObject({ password: LITERAL });
    expect([...core.credentials.kept.values()]).toEqual(["key-literal"]);
  });
});

describe("the name of a secret", () => {
  it("is of the provider where one can be told", () => {
    expect(providerOf(["{{base}}/x", "https://login.github.com/a"])).toBe("github");
    expect(providerOf(["https://api.shop.co.uk/x"])).toBe("shop");
    expect(providerOf(["http://127.0.0.1:80/", "http://localhost/"])).toBe("");
  });

  it("is free", () => {
    const taken = new Set(["password", "basic_password"]);
    const basic = blankAuth("basic") ?? { type: "none" };
    expect(suggestName(basic, "password", "{{base}}/", (name) => taken.has(name))).toBe("basic_password_2");
    expect(suggestName(blankAuth("awsV4") ?? basic, "secretAccessKey", "", () => false)).toBe(
      "aws_secret_access_key",
    );
  });
});

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import type { Environment } from "../../ipc";
import { useDrafts } from "../../stores/drafts";
import { openTab, useTabs } from "../../stores/tabs";
import { useWorkspace } from "../../stores/workspace";
import { Core, openWindow } from "../../test/window";

let core: Core;
let file: Environment;

beforeEach(() => {
  core = new Core();
  core.put("Orders", { url: "https://shop.test/orders" });
  file = {
    name: "Staging",
    color: "",
    description: "",
    extends: null,
    dotEnvFile: null,
    variables: [],
    clientCertificates: [],
  };
  core.handlers.readEnvironment = () => ({ revision: "1", environment: file, secrets: [] });
  core.handlers.saveEnvironment = ({ environment }) => {
    file = environment;
    return { revision: "2", environment, secrets: [] };
  };
});

async function open() {
  openWindow(core);
  useWorkspace.setState((s) => ({ workspace: s.workspace && { ...s.workspace, environment: "Staging" } }));
  useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
  fireEvent.click(await screen.findByRole("tab", { name: "Auth" }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Fill in for a provider…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Fill in for a provider" }));
  await dialog.findByRole("button", { name: "GitHub" });
  return { user, dialog };
}

it("fills in the auth, makes the variables, keeps the secret, and adds the first request", async () => {
  const { user, dialog } = await open();
  core.credentials.kept.set("Staging/github_client_secret", "another");
  expect(dialog.getByText("No provider is chosen")).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "GitHub" }));
  await user.type(dialog.getByLabelText("Client id of the OAuth app"), "Iv1.abc");
  const secret = dialog.getByLabelText("Client secret of the OAuth app (kept in the keychain)");
  expect(secret.getAttribute("type")).toBe("password");
  await user.type(secret, "shhh");
  await user.click(dialog.getByRole("checkbox", { name: "repo" }));
  await user.click(dialog.getByRole("checkbox", { name: "Add the request “Who am I”" }));
  await user.click(dialog.getByRole("button", { name: "Fill in" }));
  await waitFor(() => expect(core.files.has("Who am I.yml")).toBe(true));
  expect(core.credentials.kept.get("Staging/github_client_secret_2")).toBe("shhh");
  expect(file.variables.map(({ name, value, secret }) => [name, value, secret])).toEqual([
    ["github_client_id", "Iv1.abc", false],
  ]);
  const first = useTabs.getState().tabs.find((tab) => tab.path === "Orders")?.id ?? "";
  expect(useDrafts.getState()[first]?.request.auth).toMatchObject({
    type: "oauth2",
    scope: "read:user repo",
    credentials: { clientId: "{{github_client_id}}", clientSecret: "{{github_client_secret_2}}" },
  });
  expect(core.read("Who am I.yml").request).toMatchObject({
    url: "https://api.github.com/user",
    auth: { type: "oauth2" },
    headers: [{ name: "Accept" }],
  });
  expect(JSON.stringify([...core.files])).not.toContain("shhh");
});

it("declares a secret that has no value yet, and finds providers by category", async () => {
  const { user, dialog } = await open();
  await user.type(dialog.getByRole("searchbox", { name: "Find a provider" }), "pay");
  expect(dialog.queryByRole("button", { name: "GitHub" })).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Stripe" }));
  expect(dialog.getByText("The key is the user name; the password stays empty.")).toBeTruthy();
  await user.click(dialog.getByRole("link", { name: "https://docs.stripe.com/api/authentication" }));
  expect(core.credentials.opened).toEqual(["https://docs.stripe.com/api/authentication"]);
  expect(
    dialog.getByRole("button", { name: "Copy https://docs.stripe.com/api/authentication" }),
  ).toBeTruthy();
  expect(dialog.getByText("looked up on 21 Nov 2026")).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "Fill in" }));
  await waitFor(() =>
    expect(file.variables.map(({ name, secret }) => [name, secret])).toEqual([["stripe_secret_key", true]]),
  );
});

it("says when nothing is called that, and when the list cannot be had", async () => {
  const { user, dialog } = await open();
  await user.type(dialog.getByRole("searchbox", { name: "Find a provider" }), "zzz");
  expect(dialog.getByText("No provider is called “zzz”")).toBeTruthy();
});

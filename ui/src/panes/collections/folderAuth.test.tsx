import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { Credentials } from "../../dev/credentials";
import { CommandError, type Folder, setBackend } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { emptyRequest } from "../../request/empty";
import { useDrafts } from "../../stores/drafts";
import { forgetAccepted } from "../../stores/literals";
import { useOrganise } from "../../stores/organise";
import { useTabs } from "../../stores/tabs";
import { showWorkspace } from "../../stores/workspace";
import FolderSettings from "./FolderSettings";

let credentials: Credentials;
let handlers: Handlers;
let file: Folder;
let revision: number;

beforeEach(() => {
  credentials = new Credentials();
  forgetAccepted();
  revision = 1;
  const { settings } = emptyRequest("");
  file = {
    name: "Shop",
    description: "",
    seq: null,
    docs: "",
    globals: [],
    clientCertificates: [],
    defaults: {
      headers: [],
      auth: { type: "basic", username: "ada", password: "" },
      variables: [],
      scripts: [],
      settings,
    },
  };
  handlers = {
    ...credentials.handlers,
    variables: () => [],
    dynamicVariables: () => [],
    readFolder: ({ path }) => ({ path, revision: String(revision), folder: file }),
    saveFolder: ({ path, folder, baseRevision, force }) => {
      if (!force && baseRevision !== String(revision))
        throw new CommandError({ code: "conflict", message: "Changed.", hint: null, where: null });
      file = folder;
      revision += 1;
      return { path, revision: String(revision) };
    },
    // As the core does it: the variable is declared in the collection's own file.
    keepAsSecret: ({ name, value }) => {
      credentials.kept.set(`/${name}`, value);
      const variable = {
        name,
        value: "",
        type: "string" as const,
        description: "",
        secret: true,
        source: null,
        enabled: true,
      };
      file = {
        ...file,
        defaults: { ...file.defaults, variables: [...file.defaults.variables, variable] },
      };
      revision += 1;
      return { name, reference: `{{${name}}}`, state: "stored" };
    },
  };
  setBackend(memoryBackend(handlers));
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
  useOrganise.setState({ settingsOf: "", settingsPart: "auth" });
});

it("opens at the part that was asked for, and keeps a secret in the same file without a conflict", async () => {
  render(<FolderSettings path="" />);
  const password = await screen.findByRole("textbox", { name: "Password" });
  fireEvent.change(password, { target: { value: "hunter2" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Keep and save" }));
  await waitFor(() =>
    expect(file.defaults.auth).toEqual({ type: "basic", username: "ada", password: "{{password}}" }),
  );
  expect(file.defaults.variables.map(({ name, secret }) => [name, secret])).toEqual([["password", true]]);
  expect(credentials.kept.get("/password")).toBe("hunter2");
  expect(screen.queryByText(/changed elsewhere/)).toBeNull();
  expect(useOrganise.getState().settingsOf).toBeNull();
});

it("still finds a change made elsewhere meanwhile", async () => {
  render(<FolderSettings path="" />);
  fireEvent.change(await screen.findByRole("textbox", { name: "Password" }), {
    target: { value: "hunter2" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  file = { ...file, docs: "Written elsewhere" };
  revision += 1;
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Keep and save" }));
  expect(await screen.findByRole("button", { name: "Keep mine" })).toBeTruthy();
  expect(file.docs).toBe("Written elsewhere");
});

it("has the collection's client certificates, and none for a folder", async () => {
  useOrganise.setState({ settingsPart: null });
  const { unmount } = render(<FolderSettings path="" />);
  fireEvent.click(await screen.findByRole("tab", { name: "Certificates" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Host, row 1" }), { target: { value: "a.test" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(file.clientCertificates[0]).toMatchObject({ domain: "a.test", disabled: false }),
  );
  unmount();
  render(<FolderSettings path="Orders" />);
  await screen.findByRole("tab", { name: "Auth" });
  expect(screen.queryByRole("tab", { name: "Certificates" })).toBeNull();
});

it("says what a folder inherits, and from where", async () => {
  file = { ...file, defaults: { ...file.defaults, auth: { type: "inherit" } } };
  handlers.inherited = () => ({ auth: { scheme: "hawk", origin: "Shop", path: "" }, headers: [] });
  render(<FolderSettings path="Orders" />);
  expect(await screen.findByText("Hawk, from")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Open the settings of Shop" }));
  expect(useOrganise.getState()).toMatchObject({ settingsOf: "", settingsPart: "auth" });
});

it("tells the open requests below what they inherit now", async () => {
  handlers.inherited = ({ path }) => ({ auth: { scheme: "basic", origin: path, path: "" }, headers: [] });
  const tab = { method: "GET", preview: false, unsaved: false };
  useTabs.setState({
    tabs: [
      { id: "in", path: "Orders/One", name: "One", ...tab },
      { id: "out", path: "Ordersaurus", name: "Other", ...tab },
    ],
  });
  const draft = { request: emptyRequest(""), saved: null, revision: null };
  useDrafts.setState({ in: draft, out: draft });
  useOrganise.setState({ settingsPart: null });
  file = { ...file, defaults: { ...file.defaults, auth: { type: "none" } } };
  render(<FolderSettings path="Orders" />);
  fireEvent.change(await screen.findByRole("textbox", { name: "Name" }), { target: { value: "Sales" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(useDrafts.getState().in?.inherited?.auth?.scheme).toBe("basic"));
  expect(useDrafts.getState().out?.inherited).toBeUndefined();
  useDrafts.setState({}, true);
  useTabs.setState({ tabs: [] });
});

it("asks before it drops what was changed, and goes on from there", async () => {
  file = { ...file, defaults: { ...file.defaults, auth: { type: "inherit" } } };
  handlers.inherited = () => ({ auth: { scheme: "hawk", origin: "Shop", path: "" }, headers: [] });
  useOrganise.setState({ settingsOf: "Orders" });
  render(<FolderSettings path="Orders" />);
  fireEvent.click(await screen.findByRole("tab", { name: "Docs" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Docs" }), { target: { value: "Mine" } });
  fireEvent.click(screen.getByRole("tab", { name: "Auth" }));
  fireEvent.click(await screen.findByRole("button", { name: "Open the settings of Shop" }));
  const user = userEvent.setup();
  const question = within(await screen.findByRole("alertdialog", { name: "Drop what you changed?" }));
  await user.click(question.getByRole("button", { name: "Cancel" }));
  expect(useOrganise.getState().settingsOf).toBe("Orders");
  fireEvent.click(screen.getByRole("tab", { name: "Docs" }));
  expect((screen.getByRole("textbox", { name: "Docs" }) as HTMLTextAreaElement).value).toBe("Mine");
  await user.keyboard("{Escape}");
  await user.click(await screen.findByRole("button", { name: "Drop the changes" }));
  expect(useOrganise.getState().settingsOf).toBeNull();
});

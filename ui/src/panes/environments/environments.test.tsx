import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import type { Environment, KeychainState, SecretState, Variable } from "../../ipc";
import { CommandError, setBackend } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { useEnvironments } from "../../stores/environments";
import { showWorkspace, useWorkspace } from "../../stores/workspace";
import EnvironmentsDialog from "./EnvironmentsDialog";

const VALUE = "s3cr3t-value";
const variable = (name: string, part: Partial<Variable> = {}): Variable => {
  return {
    name,
    value: "",
    type: "string",
    description: "",
    secret: false,
    source: null,
    enabled: true,
    ...part,
  };
};

let file: Environment;
let revision: number;
let held: Map<string, string>;
const saved = vi.fn();

const state = (name: string): SecretState => {
  if (!held.has(name)) return "missing";
  return useWorkspace.getState().keychain.state === "available" ? "stored" : "sessionOnly";
};
const doc = () => ({
  revision: String(revision),
  environment: file,
  secrets: file.variables.filter((v) => v.secret).map(({ name }) => ({ name, state: state(name) })),
});
const handlers: Handlers = {
  readEnvironment: doc,
  findLiterals: () => [],
  saveEnvironment: (args) => {
    saved(structuredClone(args));
    if (!args.force && args.baseRevision !== String(revision))
      throw new CommandError({ code: "conflict", message: "Changed.", hint: null, where: null });
    file = args.environment;
    revision += 1;
    return doc();
  },
  setSecret: ({ name, value }) => {
    held.set(name, value);
    return { name, state: state(name) };
  },
  deleteSecret: ({ name }) => {
    held.delete(name);
    return {};
  },
  revealSecret: ({ name }) => ({ value: held.get(name) ?? "" }),
  deleteEnvironment: () => ({}),
  createEnvironment: ({ name }) => {
    file = { ...file, name, variables: [] };
    return doc();
  },
};

async function open(keychain: KeychainState = "available") {
  useWorkspace.setState({ keychain: { state: keychain, message: "", sessionOnly: 0 } });
  render(<EnvironmentsDialog onClose={() => undefined} />);
  await screen.findByLabelText("Name, row 1");
}

beforeEach(() => {
  revision = 1;
  held = new Map();
  saved.mockClear();
  file = {
    name: "Staging",
    color: "",
    description: "",
    extends: null,
    dotEnvFile: null,
    clientCertificates: [],
    variables: [variable("base_url", { value: "https://x.test" }), variable("token", { value: VALUE })],
  };
  setBackend(memoryBackend(handlers));
  useEnvironments.setState(useEnvironments.getInitialState(), true);
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes: [],
    environments: [{ name: "Staging", color: "", error: null }],
    environment: null,
    branch: null,
    uiState: null,
    drafts: [],
  });
});

const everySave = () => JSON.stringify(saved.mock.calls);

it("moves a value into the keychain and saves the file without it", async () => {
  await open();
  fireEvent.click(screen.getByRole("checkbox", { name: "token is secret" }));
  await waitFor(() => expect(saved).toHaveBeenCalled());
  expect(held.get("token")).toBe(VALUE);
  expect(file.variables[1]).toMatchObject({ name: "token", value: "", secret: true });
  expect(everySave()).not.toContain(VALUE);
  expect(await screen.findByText("In the keychain")).toBeTruthy();
  expect(JSON.stringify(useEnvironments.getState())).not.toContain(VALUE);
});

it("asks before a secret that lasts for the session only, and marks it", async () => {
  await open("absent");
  fireEvent.click(screen.getByRole("checkbox", { name: "token is secret" }));
  expect(held.size).toBe(0);
  fireEvent.click(await screen.findByRole("button", { name: "Keep for this session" }));
  expect(await screen.findByText("This session only")).toBeTruthy();
  expect(everySave()).not.toContain(VALUE);
});

it("sets, shows and deletes a value that no save ever sees", async () => {
  file = { ...file, variables: [variable("token", { secret: true })] };
  await open();
  expect(screen.getByText("No value yet")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Set value: token" }));
  const field = screen.getByLabelText("New value of token");
  expect(field.getAttribute("type")).toBe("password");
  fireEvent.change(field, { target: { value: VALUE } });
  fireEvent.keyDown(field, { key: "Enter" });
  await screen.findByText("In the keychain");
  fireEvent.click(screen.getByRole("button", { name: "Show: token" }));
  expect(await screen.findByText(VALUE)).toBeTruthy();
  fireEvent.change(screen.getByLabelText("Description, row 1"), { target: { value: "For tests" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  expect(everySave()).not.toContain(VALUE);
  fireEvent.click(screen.getByRole("button", { name: "Delete value: token" }));
  await screen.findByText("No value yet");
  expect(held.size).toBe(0);
});

it("renames a secret that has a value; the value goes along, whatever else was changed", async () => {
  file = { ...file, variables: [variable("old", { secret: true }), variable("token", { secret: true })] };
  held.set("old", "of old");
  held.set("token", VALUE);
  // As the core does it: only where nothing but the name of a row differs.
  setBackend(
    memoryBackend({
      ...handlers,
      saveEnvironment: (args, report) => {
        file.variables.forEach((was, at) => {
          const now = args.environment.variables[at];
          const value = held.get(was.name);
          if (!was.secret || !now?.secret || value === undefined) return;
          if (file.variables.some((each) => each.name === now.name)) return;
          held.set(now.name, value);
          held.delete(was.name);
        });
        return (handlers.saveEnvironment as NonNullable<Handlers["saveEnvironment"]>)(args, report);
      },
    }),
  );
  await open();
  const name = screen.getByLabelText("Name, row 2");
  fireEvent.change(name, { target: { value: "api_token" } });
  expect(screen.getAllByText("In the keychain")).toHaveLength(2);
  fireEvent.click(screen.getByRole("button", { name: "Show: api_token" }));
  expect(await screen.findByText(VALUE)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Delete old" }));
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(file.variables.map((each) => each.name)).toEqual(["api_token"]));
  await waitFor(() => expect([...held]).toEqual([["api_token", VALUE]]));
  expect(screen.queryByRole("alert")).toBeNull();
});

it("does not give a secret the name of one that is still in the file", async () => {
  file = { ...file, variables: [variable("a", { secret: true }), variable("b", { secret: true })] };
  held.set("a", "of a");
  held.set("b", "of b");
  await open();
  fireEvent.click(screen.getByRole("button", { name: "Delete b" }));
  fireEvent.change(screen.getByLabelText("Name, row 1"), { target: { value: "b" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain(
    "the saved file has a variable of that name",
  );
  expect(saved).not.toHaveBeenCalled();
  expect([...held]).toEqual([
    ["a", "of a"],
    ["b", "of b"],
  ]);
});

it("makes a secret ordinary only when asked, without its value", async () => {
  file = { ...file, variables: [variable("token", { secret: true })] };
  held.set("token", VALUE);
  await open();
  fireEvent.click(screen.getByRole("checkbox", { name: "token is secret" }));
  expect(held.size).toBe(1);
  fireEvent.click(await screen.findByRole("button", { name: "Make it ordinary" }));
  await waitFor(() => expect(held.size).toBe(0));
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(file.variables[0]).toMatchObject({ secret: false, value: "" }));
});

it("loses neither side when the file was changed elsewhere", async () => {
  await open();
  fireEvent.change(screen.getByLabelText("Value, row 1"), { target: { value: "mine" } });
  revision = 7;
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  const mine = await screen.findByRole("button", { name: "Keep mine" });
  expect(file.variables[0]?.value).toBe("https://x.test");
  fireEvent.click(mine);
  await waitFor(() => expect(file.variables[0]?.value).toBe("mine"));
});

it("brings a deleted environment back", async () => {
  await open();
  fireEvent.click(screen.getByRole("button", { name: "Delete" }));
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  expect(file.variables.map((each) => each.name)).toEqual(["base_url", "token"]);
  expect(useWorkspace.getState().workspace?.environments.map((each) => each.name)).toEqual(["Staging"]);
});

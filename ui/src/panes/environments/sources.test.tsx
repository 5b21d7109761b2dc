import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { isComplete, SOURCES, type SourceKind, sourceSummary } from "../../auth/sources";
import { Credentials } from "../../dev/credentials";
import { type Environment, type LiteralFound, type SecretSource, setBackend, type Variable } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { m } from "../../messages";
import { useApprovals } from "../../stores/approvals";
import { useEnvironments } from "../../stores/environments";
import { forgetAccepted } from "../../stores/literals";
import { showWorkspace, useWorkspace } from "../../stores/workspace";
import { ApproveDialog } from "./ApproveDialog";
import EnvironmentsDialog from "./EnvironmentsDialog";

const variable = (name: string, part: Partial<Variable> = {}): Variable => {
  return {
    name,
    value: "",
    type: "string",
    description: "",
    secret: true,
    source: null,
    enabled: true,
    ...part,
  };
};

let credentials: Credentials;
let handlers: Handlers;
let file: Environment;
let held: Map<string, string>;

beforeEach(() => {
  credentials = new Credentials();
  held = new Map();
  file = {
    name: "Staging",
    color: "",
    description: "",
    extends: null,
    dotEnvFile: null,
    variables: [variable("token")],
    clientCertificates: [],
  };
  handlers = {
    ...credentials.handlers,
    findLiterals: () => [],
    readEnvironment: () => ({ revision: "1", environment: file, secrets: [] }),
    saveEnvironment: ({ environment }) => {
      file = environment;
      return { revision: "1", environment, secrets: [] };
    },
    setSecret: ({ name, value }) => {
      held.set(name, value);
      return { name, state: "stored" };
    },
  };
  setBackend(memoryBackend(handlers));
  useApprovals.setState(useApprovals.getInitialState(), true);
  useEnvironments.setState(useEnvironments.getInitialState(), true);
  forgetAccepted();
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes: [],
    environments: [
      { name: "Staging", color: "", error: null },
      { name: "Live", color: "", error: null },
    ],
    environment: "Staging",
    branch: null,
    uiState: null,
    drafts: [],
  });
  useWorkspace.setState({ keychain: { state: "available", message: "", sessionOnly: 0 } });
});

async function open() {
  render(
    <>
      <EnvironmentsDialog onClose={() => undefined} />
      <ApproveDialog />
    </>,
  );
  await screen.findByLabelText("Name, row 1");
  return userEvent.setup();
}

async function chooseSource(user: ReturnType<typeof userEvent.setup>, kind: SourceKind) {
  await user.click(screen.getByRole("button", { name: "Where it comes from: token" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Where token comes from" }));
  await user.click(dialog.getByRole("button", { name: /Comes from/ }));
  await user.click(await screen.findByRole("option", { name: m.sources.kinds[kind] }));
  return dialog;
}

describe("where a secret comes from", () => {
  it.each(Object.keys(SOURCES) as SourceKind[])("can be %s, with its fields", async (kind) => {
    const user = await open();
    const dialog = await chooseSource(user, kind);
    const { fields, blank } = SOURCES[kind];
    expect(
      Object.keys(blank)
        .filter((key) => key !== "type")
        .sort(),
    ).toEqual(fields.map((field) => field.at).sort());
    const use = dialog.getByRole("button", { name: "Use this" });
    expect(use.hasAttribute("disabled") || use.getAttribute("data-disabled") === "true").toBe(
      !isComplete(blank),
    );
    for (const { label, needed } of fields)
      if (needed)
        fireEvent.change(dialog.getByLabelText(m.sources.fields[label]), {
          target: { value: `my ${label}` },
        });
    await user.click(use);
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(file.variables[0]?.source?.type).toBe(kind));
    const source = file.variables[0]?.source as SecretSource;
    expect(sourceSummary(source)).toMatch(/^my /);
    expect(file.variables[0]).toMatchObject({ secret: true, value: "" });
  });

  it("asks on saving before a command may run, and takes that back", async () => {
    const wanted = "run the command `gh auth token`";
    const user = await open();
    const dialog = await chooseSource(user, "command");
    await user.type(dialog.getByLabelText("Command"), "gh auth token");
    await user.click(dialog.getByRole("button", { name: "Use this" }));
    credentials.commands = [wanted];
    await user.click(screen.getByRole("button", { name: "Save" }));
    const question = within(await screen.findByRole("alertdialog", { name: "May this workspace do that?" }));
    expect(question.getByText(wanted)).toBeTruthy();
    await user.click(question.getByRole("button", { name: "Not now" }));
    expect(credentials.approved.size).toBe(0);
    expect(screen.getByText("The output of a command: gh auth token")).toBeTruthy();
    await user.click(await screen.findByRole("button", { name: `Approve: ${wanted}` }));
    await user.click(await screen.findByRole("button", { name: "Approve" }));
    await user.click(await screen.findByText("1 thing this workspace may do here"));
    expect([...credentials.approved]).toEqual([wanted]);
    await user.click(screen.getByRole("button", { name: `No longer allow: ${wanted}` }));
    await waitFor(() => expect(credentials.approved.size).toBe(0));
  });

  it("goes back to the keychain", async () => {
    file = {
      ...file,
      variables: [variable("token", { source: { type: "pass", entry: "shop", field: "" } })],
    };
    const user = await open();
    expect(screen.getByText("pass: shop")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Where it comes from: token" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Where token comes from" }));
    await user.click(dialog.getByRole("button", { name: /Comes from/ }));
    await user.click(await screen.findByRole("option", { name: "The keychain" }));
    await user.click(dialog.getByRole("button", { name: "Use this" }));
    expect(await screen.findByText("No value yet")).toBeTruthy();
  });
});

describe("client certificates of an environment", () => {
  it("are rows with files, and their passphrase goes to the keychain", async () => {
    const user = await open();
    const part = within(screen.getByRole("region", { name: "Client certificates", hidden: true }));
    const cell = (name: string) => part.getByRole("textbox", { name, hidden: true });
    fireEvent.change(cell("Host, row 1"), { target: { value: "*.example.com" } });
    fireEvent.change(cell("Certificate, row 1"), { target: { value: "c.pem" } });
    fireEvent.change(cell("Private key, row 1"), { target: { value: "c.key" } });
    fireEvent.change(cell("Passphrase, row 1"), { target: { value: "hunter2" } });
    fireEvent.keyDown(cell("Passphrase, row 1"), { key: "Enter" });
    const name = await part.findByRole<HTMLInputElement>("textbox", {
      name: "Name for Passphrase",
      hidden: true,
    });
    expect(name.value).toBe("example_com_passphrase");
    fireEvent.keyDown(name, { key: "Enter" });
    await waitFor(() => expect(held.get("example_com_passphrase")).toBe("hunter2"));
    expect(screen.getByDisplayValue("example_com_passphrase")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(file.clientCertificates).toEqual([
        {
          domain: "*.example.com",
          files: { type: "pem", certificateFilePath: "c.pem", privateKeyFilePath: "c.key" },
          passphrase: "{{example_com_passphrase}}",
          disabled: false,
        },
      ]),
    );
    expect(file.variables.at(-1)).toMatchObject({ name: "example_com_passphrase", secret: true, value: "" });
    expect(JSON.stringify(file)).not.toContain("hunter2");
  });

  it("can be PKCS#12, and off", async () => {
    file = {
      ...file,
      clientCertificates: [
        {
          domain: "a.test",
          files: { type: "pkcs12", pkcs12FilePath: "a.p12" },
          passphrase: "",
          disabled: false,
        },
      ],
    };
    const user = await open();
    expect(screen.getByDisplayValue("a.p12").getAttribute("aria-label")).toBe("PKCS#12 file, row 1");
    const table = within(screen.getByRole("table", { name: "Client certificates" }));
    fireEvent.click(table.getByRole("checkbox", { name: "Enabled, row 1" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(file.clientCertificates[0]?.disabled).toBe(true));
  });
});

it("asks before an environment is saved with a secret in it", async () => {
  const LITERAL = "ghp_0123456789";
  const OLD = "ghp_of_the_demo";
  file = {
    ...file,
    variables: [variable("token", { secret: false }), variable("demo", { secret: false, value: OLD })],
  };
  handlers.findLiterals = ({ folder }) =>
    (folder?.defaults.variables ?? [])
      .filter((each) => !each.secret && each.value.startsWith("ghp_"))
      .map(({ name, value }): LiteralFound => {
        const label = `The variable ${name}`;
        return {
          place: `variables.${name}`,
          label,
          literal: value,
          shown: "gh…",
          suggestion: name,
          reason: "a token",
        };
      });
  const user = await open();
  fireEvent.change(screen.getByLabelText("Value, row 1"), { target: { value: LITERAL } });
  await user.click(screen.getByRole("button", { name: "Save" }));
  const question = within(await screen.findByRole("alertdialog", { name: "Keep secrets out of the file?" }));
  // What the file had all along is not asked about.
  expect(question.getAllByRole("checkbox").length).toBe(1);
  await user.click(question.getByRole("button", { name: "Keep and save" }));
  await waitFor(() => expect(file.variables[0]).toMatchObject({ name: "token", secret: true, value: "" }));
  expect(held.get("token")).toBe(LITERAL);
  expect(file.variables.map((each) => each.value)).toEqual(["", OLD]);
});

describe("sharing secrets", () => {
  const share = async () => {
    const user = await open();
    await user.click(screen.getByRole("button", { name: "Share secrets…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Share secrets" }));
    await dialog.findByRole("region", { name: "Your public key" });
    return { user, dialog };
  };

  it("makes a key, adds people, and seals", async () => {
    const { user, dialog } = await share();
    expect(dialog.getByText("Nothing is sealed in this workspace yet.")).toBeTruthy();
    await user.click(dialog.getByRole("button", { name: "Make a key" }));
    await user.click(await dialog.findByRole("button", { name: "Add me" }));
    await user.type(dialog.getByRole("textbox", { name: "Name" }), "Ada");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    await waitFor(() => expect(credentials.recipients.map((each) => each.name)).toEqual(["Ada"]));
    await user.type(dialog.getByRole("textbox", { name: "Public key" }), "ssh-ed25519 AAAA");
    expect(dialog.getByText("A public key begins with age1.")).toBeTruthy();
    let sealed: string[] = [];
    const { sealSecrets } = credentials.handlers;
    handlers.sealSecrets = (args, report) => {
      sealed = args.environments;
      return sealSecrets?.(args, report) as never;
    };
    await user.click(dialog.getByRole("checkbox", { name: "Live" }));
    await user.click(dialog.getByRole("button", { name: "Seal into .errand/secrets.age" }));
    expect(await dialog.findByText(/sealed for 1 person/)).toBeTruthy();
    expect(sealed).toEqual(["Staging"]);
    await user.click(dialog.getByRole("button", { name: "Remove Ada" }));
    expect(await dialog.findByText(/can still open what was sealed before/)).toBeTruthy();
  });

  it("shows what is sealed, and takes over what is chosen", async () => {
    credentials.publicKey = "age1me";
    credentials.recipients = [{ name: "Me", publicKey: "age1me" }];
    credentials.sealedFile = ".errand/secrets.age";
    credentials.shared = [
      { environment: "Staging", name: "token", change: "new" },
      { environment: "Staging", name: "other", change: "changed" },
      { environment: null, name: "same", change: "same" },
      { environment: null, name: "mine", change: "onlyMine" },
    ];
    const { user, dialog } = await share();
    await user.click(dialog.getByRole("button", { name: "See what is in it" }));
    const table = within(await dialog.findByRole("table", { name: "Sealed secrets" }));
    expect(table.getAllByRole("checkbox").map((each) => each.getAttribute("aria-label"))).toEqual([
      "Take over token, Staging",
      "Take over other, Staging",
    ]);
    expect(table.getByRole("row", { name: /mine/ }).textContent).toContain("Only yours");
    await user.click(table.getByRole("checkbox", { name: "Take over other, Staging" }));
    await user.click(dialog.getByRole("button", { name: "Take over" }));
    expect(await dialog.findByText("1 secret was taken over.")).toBeTruthy();
    expect([...credentials.kept.keys()]).toEqual(["Staging/token"]);
  });

  it("says what to do when it is sealed for others", async () => {
    credentials.sealedFile = ".errand/secrets.age";
    const { dialog } = await share();
    expect(dialog.getByText(/is not sealed for you/)).toBeTruthy();
    expect(dialog.queryByRole("button", { name: "See what is in it" })).toBeNull();
  });
});

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { blankAuth, SCHEME_GROUPS, type Scheme } from "../../auth/blank";
import { shownFields, valueAt, withValue } from "../../auth/fields";
import { FLOWS } from "../../auth/oauth2";
import { allFields, SCHEMES } from "../../auth/schemes";
import { m } from "../../messages";
import { useDrafts } from "../../stores/drafts";
import { useOrganise } from "../../stores/organise";
import { openTab, useTabs } from "../../stores/tabs";
import { Core, openWindow } from "../../test/window";

let core: Core;
const schemes = SCHEME_GROUPS.flatMap((group) => group.schemes as readonly Scheme[]);
const auth = () => useDrafts.getState()[useTabs.getState().active ?? ""]?.request.auth;

beforeEach(() => {
  core = new Core();
  core.put("Orders", { url: "https://shop.test/orders" });
});

async function open() {
  openWindow(core);
  useTabs.setState((s) => openTab(s, { path: "Orders", name: "Orders", method: "GET" }, "pin"));
  fireEvent.click(await screen.findByRole("tab", { name: "Auth" }));
  // The part is fetched when it is first looked at.
  await screen.findByRole("button", { name: /^Kind of auth/ });
  return userEvent.setup();
}

async function choose(user: ReturnType<typeof userEvent.setup>, scheme: Scheme) {
  await user.click(screen.getByRole("button", { name: /^Kind of auth/ }));
  await user.click(
    await screen.findByRole("option", { name: scheme === "other" ? "" : m.auth.schemes[scheme] }),
  );
}

describe("the table of fields", () => {
  it.each(schemes)("names only what %s has", (scheme) => {
    const blank = blankAuth(scheme);
    if (!blank) throw new Error(scheme);
    for (const field of allFields(scheme)) {
      expect(valueAt(blank, field.at), `${scheme} ${field.at}`).toBeDefined();
      const kept = withValue(blank, field.at, "x");
      expect(valueAt(kept, field.at)).toBe("x");
      expect(Object.keys(kept)).toEqual(Object.keys(blank));
    }
  });

  it("covers every leaf of OAuth 2", () => {
    const leaves = (value: object, path: string): string[] =>
      Object.entries(value).flatMap(([key, each]) => {
        const at = path ? `${path}.${key}` : key;
        const isLeaf = typeof each !== "object" || Array.isArray(each) || "type" in each || "header" in each;
        return isLeaf ? [at] : leaves(each, at);
      });
    const all = new Set(allFields("oauth2").map((field) => field.at));
    expect(leaves(blankAuth("oauth2") ?? {}, "").filter((at) => at !== "type" && !all.has(at))).toEqual([]);
  });

  it.each(FLOWS)("shows of %s what it needs and nothing twice", (flow) => {
    const wanted = { ...blankAuth("oauth2"), flow } as NonNullable<ReturnType<typeof blankAuth>>;
    const shown = shownFields(allFields("oauth2"), wanted).map((field) => field.at);
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.includes("authorizationUrl")).toBe(["authorization_code", "implicit"].includes(flow));
    expect(shown.includes("accessTokenUrl")).toBe(flow !== "implicit");
    expect(shown.includes("resourceOwner.password")).toBe(flow === "resource_owner_password_credentials");
  });
});

describe("the Auth tab", () => {
  it.each(schemes)("has a named control for each field of %s", async (scheme) => {
    core.put("Orders", { auth: blankAuth(scheme) ?? { type: "none" } });
    await open();
    await screen.findByRole("button", {
      name: `Kind of auth: ${scheme === "other" ? "" : m.auth.schemes[scheme]}`,
    });
    const blank = blankAuth(scheme) ?? { type: "none" };
    for (const field of shownFields(SCHEMES[scheme]?.main ?? [], blank)) {
      const label = m.auth.fields[field.label];
      const found = field.kind === "json" ? [] : screen.queryAllByLabelText(label, { exact: false });
      if (field.kind !== "json") expect(found.length, `${scheme}: ${label}`).toBeGreaterThan(0);
    }
  });

  it("finds a scheme by other words, and says when there is none", async () => {
    const user = await open();
    await user.click(screen.getByRole("button", { name: /^Kind of auth/ }));
    const search = await screen.findByRole("combobox", { name: "Find a kind of auth" });
    await user.type(search, "openid");
    expect(screen.getAllByRole("option").map((each) => each.textContent)).toEqual([
      "OAuth 2.0, OpenID Connect",
    ]);
    await user.clear(search);
    await user.type(search, "zzz");
    expect(screen.getByText("No kind of auth is called “zzz”")).toBeTruthy();
    await user.clear(search);
    await user.type(search, "kerberos{Enter}");
    expect(auth()).toEqual({ type: "negotiate", service: "", delegate: false });
  });

  it("loses nothing when schemes are tried", async () => {
    const user = await open();
    await choose(user, "awsV4");
    fireEvent.change(screen.getByRole("textbox", { name: "Region" }), { target: { value: "eu-central-1" } });
    await choose(user, "oauth2");
    fireEvent.change(screen.getByRole("textbox", { name: "Issuer" }), {
      target: { value: "https://id.test" },
    });
    await choose(user, "awsV4");
    expect(auth()).toMatchObject({ type: "awsV4", region: "eu-central-1" });
    await choose(user, "oauth2");
    expect(auth()).toMatchObject({ type: "oauth2", issuer: "https://id.test" });
  });

  it("counts what is set among the advanced fields", async () => {
    core.put("Orders", { auth: withValue(blankAuth("oauth2") ?? { type: "none" }, "dpop", true) });
    await open();
    expect((await screen.findByText("Advanced")).textContent).toContain("1 set");
  });

  it("takes a key from a file, parameters of a step, and where a token goes", async () => {
    const flow = withValue(
      blankAuth("oauth2") ?? { type: "none" },
      "clientAuthentication",
      "private_key_jwt",
    );
    core.put("Orders", { auth: flow });
    const user = await open();
    await user.click(await screen.findByRole("radio", { name: "File" }));
    fireEvent.change(screen.getByRole("textbox", { name: "Client's private key: file" }), {
      target: { value: "keys/a.pem" },
    });
    const table = within(screen.getByRole("table", { name: "Of the token request" }));
    fireEvent.change(table.getByRole("textbox", { name: /Name, row 1$/ }), { target: { value: "tenant" } });
    fireEvent.change(table.getByRole("textbox", { name: /Value, row 1$/ }), { target: { value: "7" } });
    fireEvent.change(screen.getByRole("textbox", { name: "Send it in: name" }), {
      target: { value: "X-Token" },
    });
    expect(auth()).toMatchObject({
      clientKey: { type: "file", value: "keys/a.pem" },
      additionalParameters: { accessTokenRequest: [{ name: "tenant", value: "7", placement: "body" }] },
      tokenConfig: { placement: { header: "X-Token" } },
    });
  });

  it("says what is inherited, and opens where it comes from", async () => {
    core.handlers.readRequest = ({ path }) => ({
      ...core.read(path),
      inherited: { auth: { scheme: "awsv4", origin: "Warehouse", path: "Warehouse" }, headers: [] },
    });
    const user = await open();
    expect((await screen.findByText(/AWS Signature V4, from/)).textContent).toContain("Warehouse");
    await user.click(screen.getByRole("button", { name: "Open the settings of Warehouse" }));
    expect(useOrganise.getState()).toMatchObject({ settingsOf: "Warehouse", settingsPart: "auth" });
    useOrganise.setState({ settingsOf: null, settingsPart: null });
  });

  it("warns when credentials follow redirects elsewhere", async () => {
    core.handlers.readFolder = () => {
      throw { code: "not-found", message: "", hint: null, where: null };
    };
    await open();
    fireEvent.click(screen.getByRole("tab", { name: "Settings" }));
    expect(screen.queryByRole("note")).toBeNull();
    const user = userEvent.setup();
    await user.click(
      screen.getByRole("button", { name: /Send credentials on when a redirect leaves the origin/ }),
    );
    await user.click(await screen.findByRole("option", { name: "yes" }));
    await waitFor(() => expect(screen.getByRole("note").textContent).toContain("Every host"));
  });
});

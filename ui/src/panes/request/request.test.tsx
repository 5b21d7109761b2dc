import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { useDrafts } from "../../stores/drafts";
import { openTab, useTabs } from "../../stores/tabs";
import { Core, openWindow } from "../../test/window";

let core: Core;

beforeEach(() => {
  core = new Core();
  core.put("Get order", {
    url: "{{base_url}}/v1/:order?expand=lines",
    params: [
      { name: "expand", value: "lines", kind: "query", description: "Order lines", enabled: true },
      { name: "order", value: "7", kind: "path", description: "", enabled: true },
    ],
  });
});

const field = (name: string) => screen.findByRole<HTMLInputElement>("textbox", { name });
const url = () => field("URL");
const type = (element: HTMLInputElement, value: string) => fireEvent.change(element, { target: { value } });
const draft = () => useDrafts.getState()[useTabs.getState().active ?? ""];
const table = (name: string) => within(screen.getByRole("table", { name }));

async function open(path = "Get order") {
  const shown = openWindow(core);
  useTabs.setState((state) => openTab(state, { path, name: path, method: "GET" }, "pin"));
  await url();
  return shown;
}

describe("the URL and the tables", () => {
  it("puts an edit of the URL into the tables", async () => {
    await open();
    type(await url(), "{{base_url}}/v1/:id?expand=lines&page=2");
    const query = table("Query parameters");
    expect(query.getByRole("textbox", { name: "Name, row 2" })).toHaveProperty("value", "page");
    expect(query.getByRole("textbox", { name: "Description, row 1" })).toHaveProperty("value", "Order lines");
    const path = table("Path parameters");
    expect(path.getByRole("textbox", { name: "Name, row 1" })).toHaveProperty("value", "id");
    expect(path.getByRole("textbox", { name: "Value, row 1" })).toHaveProperty("value", "7");
  });

  it("puts an edit of a table into the URL", async () => {
    await open();
    const cell = (name: string) => table("Query parameters").getByRole<HTMLInputElement>("textbox", { name });
    type(cell("Value, row 1"), "a&b");
    expect((await url()).value).toBe("{{base_url}}/v1/:order?expand=a%26b");
    expect(cell("Value, row 1").value).toBe("a&b");
    type(cell("Name, row 2"), "page");
    type(cell("Value, row 2"), "2");
    expect((await url()).value).toBe("{{base_url}}/v1/:order?expand=a%26b&page=2");
    fireEvent.click(screen.getByRole("checkbox", { name: "Enabled, row 1" }));
    expect((await url()).value).toBe("{{base_url}}/v1/:order?page=2");
    expect(draft()?.request.params.map((p) => [p.name, p.enabled])).toEqual([
      ["expand", false],
      ["page", true],
      ["order", true],
    ]);
  });

  it("takes many lines at once, and the whole table as text", async () => {
    const user = userEvent.setup();
    await open();
    const cell = table("Query parameters").getByRole("textbox", { name: "Name, row 2" });
    fireEvent.paste(cell, { clipboardData: { getData: () => "page: 2\nsize=50" } });
    expect((await url()).value).toBe("{{base_url}}/v1/:order?expand=lines&page=2&size=50");
    await user.click(screen.getByRole("button", { name: "Bulk edit: Query" }));
    type(await field("Query parameters as text"), "expand: all\n// page: 2");
    expect((await url()).value).toBe("{{base_url}}/v1/:order?expand=all");
    expect(draft()?.request.params[0]?.description).toBe("Order lines");
  });

  it("loses no parameter that only one side has", async () => {
    core.put("Old", {
      url: "https://x/a?shown=1",
      params: [{ name: "listed", value: "2", kind: "query", description: "", enabled: true }],
    });
    await open("Old");
    expect((await url()).value).toBe("https://x/a?shown=1&listed=2");
    expect(useTabs.getState().tabs[0]?.unsaved).toBe(false);
  });
});

describe("variables", () => {
  it("marks what nothing defines, and completes what there is", async () => {
    const user = userEvent.setup();
    await open();
    await waitFor(() => expect(document.querySelector("[data-unknown]")).toBeNull());
    type(await url(), "{{nowhere}}/{{$guid}}");
    await waitFor(() =>
      expect([...document.querySelectorAll("[data-unknown]")].map((e) => e.textContent)).toEqual([
        "{{nowhere}}",
      ]),
    );
    await user.clear(await url());
    await user.type(await url(), "{{{{ba");
    await screen.findByRole("option", { name: /base_url/ });
    await user.keyboard("{Enter}");
    expect((await url()).value).toBe("{{base_url}}");
  });
});

describe("a curl command in the URL", () => {
  const paste = async (text: string) =>
    fireEvent.paste(await url(), { clipboardData: { getData: () => text } });

  it("fills the request, says what it left out, and can be taken back", async () => {
    const user = userEvent.setup();
    await open();
    await paste("curl --compressed https://x.test/a?b=1 -X POST -H 'X-One: 1'");
    await screen.findByText("--compressed: always on");
    expect(draft()?.request).toMatchObject({
      name: "Get order",
      method: "POST",
      url: "https://x.test/a?b=1",
    });
    expect(draft()?.request.params).toMatchObject([{ name: "b", value: "1" }]);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect((await url()).value).toBe("{{base_url}}/v1/:order?expand=lines");
    expect(useTabs.getState().tabs[0]?.unsaved).toBe(false);
  });

  it("says why it cannot be read, and changes nothing", async () => {
    await open();
    await paste("curl --bad");
    expect((await screen.findByRole("alert")).textContent).toContain("no option --bad");
    expect((await url()).value).toBe("{{base_url}}/v1/:order?expand=lines");
  });
});

describe("the parts", () => {
  const part = async (name: string) => fireEvent.click(await screen.findByRole("tab", { name }));

  it("keeps what was typed for another kind of auth", async () => {
    const user = userEvent.setup();
    await open();
    await part("Auth");
    const choose = async (kind: string) => {
      await user.click(await screen.findByRole("button", { name: /Kind of auth/ }));
      await user.click(await screen.findByRole("option", { name: kind }));
    };
    await choose("Bearer token");
    type(await field("Token"), "{{token}}");
    await choose("Basic");
    await choose("Bearer token");
    expect(draft()?.request.auth).toEqual({ type: "bearer", token: "{{token}}" });
  });

  it("adds a check by typing into the last row", async () => {
    await open();
    await part("Checks");
    const checks = table("Checks");
    type(checks.getByRole<HTMLInputElement>("textbox", { name: "Look at, row 1" }), "res.status");
    type(checks.getByRole<HTMLInputElement>("textbox", { name: "Value, row 1" }), "200");
    expect(draft()?.request.checks).toEqual([
      { expression: "res.status", operator: "eq", value: "200", description: "", enabled: true },
    ]);
    fireEvent.click(checks.getByRole("button", { name: "Delete 1" }));
    expect(draft()?.request.checks).toEqual([]);
  });

  it("shows scripts only where there are any", async () => {
    core.put("Scripted", { scripts: [{ phase: "tests", code: "pm.test()" }] });
    await open();
    expect(screen.queryByRole("tab", { name: "Scripts" })).toBeNull();
    useTabs.setState((state) => openTab(state, { path: "Scripted", name: "S", method: "GET" }, "pin"));
    await part("Scripts");
    await screen.findByText(/does not run scripts/);
  });
});

import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { type CookieView, setBackend } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import CookiesDialog from "./CookiesDialog";
import { blankCookie, isSameCookie } from "./jar";

let jar: CookieView[];
let notice: string | null;
const cookie = (domain: string, name: string): CookieView => ({ ...blankCookie(domain), name, value: "1" });
const handlers: Handlers = {
  cookies: () => ({ cookies: jar, notice }),
  setCookie: ({ cookie }) => {
    jar = [...jar.filter((each) => !isSameCookie(each, cookie)), cookie];
    return { cookies: jar, notice };
  },
  removeCookies: ({ domain, path, name }) => {
    const is = (wanted: string | null, had: string) => wanted === null || wanted === had;
    jar = jar.filter((c) => !(is(domain, c.domain) && is(path, c.path) && is(name, c.name)));
    return { cookies: jar, notice };
  },
};

beforeEach(async () => {
  jar = [cookie("a.test", "sid"), cookie("a.test", "theme"), cookie("b.test", "id")];
  notice = null;
  setBackend(memoryBackend(handlers));
});

async function open() {
  render(<CookiesDialog onClose={() => undefined} />);
  await screen.findByRole("dialog", { name: "Cookies" });
}
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const names = () => jar.map((each) => `${each.domain} ${each.name}`);

it("adds a cookie with all its attributes, and says what is missing", async () => {
  await open();
  press("Add a cookie");
  press("Save cookie");
  expect(screen.getByText("A cookie needs a name.")).toBeTruthy();
  type("Name", "new");
  type("Domain", ".c.test");
  type("Expires", "tomorrow");
  press("Save cookie");
  expect(screen.getByText(/Write the time like/)).toBeTruthy();
  type("Expires", "2027-01-31T12:00:00Z");
  fireEvent.click(screen.getByLabelText("Secure: only over https"));
  press("Save cookie");
  await waitFor(() => expect(names()).toContain("c.test new"));
  expect(jar.at(-1)).toMatchObject({ secure: true, expires: "2027-01-31T12:00:00Z", path: "/" });
});

it("renames a cookie without leaving the old one behind", async () => {
  await open();
  fireEvent.click(await screen.findByRole("button", { name: /^theme/ }));
  type("Name", "colours");
  press("Save cookie");
  await waitFor(() => expect(names()).toEqual(["a.test sid", "b.test id", "a.test colours"]));
});

it("deletes one, a domain, and after a question everything", async () => {
  await open();
  fireEvent.click(await screen.findByRole("button", { name: /^sid/ }));
  press("Delete");
  await waitFor(() => expect(names()).toEqual(["a.test theme", "b.test id"]));
  press("Delete the cookies of b.test");
  await waitFor(() => expect(names()).toEqual(["a.test theme"]));
  press("Delete all…");
  expect(jar).toHaveLength(1);
  const question = await screen.findByRole("alertdialog");
  fireEvent.click([...question.querySelectorAll("button")].at(-1) as HTMLElement);
  await waitFor(() => expect(jar).toEqual([]));
  expect(await screen.findByText("No cookies")).toBeTruthy();
});

it("says when the jar lasts for the session only, and searches", async () => {
  notice = "Cookies are kept for this session only.";
  await open();
  expect(await screen.findByText(notice)).toBeTruthy();
  type("Search cookies", "b.test");
  expect(screen.queryByRole("button", { name: /^sid/ })).toBeNull();
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { LANGUAGE_NAMES, languageOf } from "./languages";

/** As in the window, which freezes `Object.prototype`; but this can be undone. */
const methods = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");
const setWritable = (writable: boolean) => {
  for (const name of methods) Object.defineProperty(Object.prototype, name, { writable });
};
beforeAll(() => setWritable(false));
afterAll(() => setWritable(true));

it.each(LANGUAGE_NAMES)("%s is highlighted where no prototype may be written to", async (name) => {
  expect(await languageOf(name)).toBeTruthy();
});

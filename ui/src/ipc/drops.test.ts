import { fireEvent } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setBackend } from ".";
import { type DropListener, fromPaths, listenToDrops } from "./drops";
import { memoryBackend } from "./memory";

const heard = { over: vi.fn(), dropped: vi.fn(), droppedText: vi.fn() } satisfies DropListener;
let undo = () => {};

beforeEach(() => {
  vi.clearAllMocks();
  setBackend(memoryBackend({}));
  undo = listenToDrops(heard);
});
afterEach(() => {
  undo();
  document.body.replaceChildren();
});

const held = (types: string[], text = "") => ({ dataTransfer: { types, getData: () => text } });
/** Whether the page said that it wants what is held over it. */
const isWanted = (types: string[], over: Window | Element = window) => !fireEvent.dragOver(over, held(types));

it("tells paths from links", () => {
  expect(fromPaths(["/home/me/a b.json", "/home/me/specs"])).toEqual({
    type: "paths",
    paths: ["/home/me/a b.json", "/home/me/specs"],
  });
  expect(fromPaths(["C:\\api\\x.yml"])).toEqual({ type: "paths", paths: ["C:\\api\\x.yml"] });
  expect(fromPaths(["https://x.test/openapi.json"])).toEqual({
    type: "url",
    url: "https://x.test/openapi.json",
  });
  expect(fromPaths(["trash:///x"])).toBeNull();
});

it("wants files and links everywhere, texts only where none belongs", () => {
  expect(isWanted(["Files"])).toBe(true);
  expect(isWanted(["text/uri-list", "text/html"])).toBe(true);
  expect(isWanted(["text/plain"])).toBe(true);
  expect(isWanted(["text/html"])).toBe(false);
  const field = document.createElement("input");
  document.body.append(field);
  expect(isWanted(["text/plain"], field)).toBe(false);
  expect(isWanted(["Files"], field)).toBe(true);
});

it("takes a text that is dropped, but none of its own page", () => {
  fireEvent.drop(window, held(["text/plain"], "curl https://x.test"));
  expect(heard.droppedText).toHaveBeenLastCalledWith("curl https://x.test");
  fireEvent.dragStart(document.body);
  fireEvent.drop(document.body, held(["text/plain"], "from here"));
  fireEvent.dragEnd(document.body);
  expect(heard.droppedText).toHaveBeenCalledTimes(1);
  undo();
  fireEvent.drop(window, held(["text/plain"], "curl https://y.test"));
  expect(heard.droppedText).toHaveBeenCalledTimes(1);
});

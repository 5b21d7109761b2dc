import { fireEvent } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { setBackend } from ".";
import { type DropListener, listenToDrops, pathsIn, textOf } from "./drops";
import { memoryBackend } from "./memory";

const bytes = (text: string) => new TextEncoder().encode(text);

it("reads paths of file addresses", () => {
  expect(pathsIn("file:///home/me/a%20b.json\r\nfile:///C:/api/x.yml\nhttps://x.test/")).toEqual([
    "/home/me/a b.json",
    "C:/api/x.yml",
  ]);
});

it("tells texts from archives", () => {
  expect(textOf(bytes('{"a":1}'))).toBe('{"a":1}');
  expect(textOf(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0))).toBe("{}");
  expect(textOf(Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2))).toBeNull();
  expect(textOf(Uint8Array.of(1, 0, 0, 2))).toBeNull();
});

function listen() {
  setBackend(memoryBackend({}));
  const heard = { over: vi.fn(), dropped: vi.fn(), refused: vi.fn() } satisfies DropListener;
  return { heard, undo: listenToDrops(heard) };
}
const drop = (part: object) =>
  fireEvent.drop(window, {
    dataTransfer: { types: ["Files"], getData: () => "", items: [], files: [], ...part },
  });

it("takes paths, or the text of one file, and says why it cannot take others", async () => {
  const { heard, undo } = listen();
  drop({ getData: () => "file:///x/a.json" });
  expect(heard.dropped).toHaveBeenLastCalledWith({ type: "paths", paths: ["/x/a.json"] });
  drop({ files: [new File(["openapi: 3.1.0"], "a.yml")] });
  await vi.waitFor(() =>
    expect(heard.dropped).toHaveBeenLastCalledWith({ type: "text", text: "openapi: 3.1.0" }),
  );
  drop({ items: [{ webkitGetAsEntry: () => ({ isDirectory: true }) }], files: [new File([], "a")] });
  expect(heard.refused).toHaveBeenLastCalledWith("folder");
  drop({ files: [new File(["1"], "a"), new File(["2"], "b")] });
  expect(heard.refused).toHaveBeenLastCalledWith("many");
  drop({ files: [new File([Uint8Array.of(0x50, 0x4b, 3, 4)], "a.zip")] });
  await vi.waitFor(() => expect(heard.refused).toHaveBeenLastCalledWith("binary"));
  undo();
  drop({ getData: () => "file:///x/b.json" });
  expect(heard.dropped).toHaveBeenCalledTimes(2);
});

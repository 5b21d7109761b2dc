import { Channel, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { asCommandError, type Backend } from "./backend";

/** The real core, behind Tauri's one door. */
export const tauri: Backend = {
  async call(name, args) {
    try {
      return await invoke("call", { name, args });
    } catch (thrown) {
      throw asCommandError(thrown);
    }
  },
  async stream(name, args, onEvent) {
    const events = new Channel<Parameters<typeof onEvent>[0]>();
    events.onmessage = onEvent;
    try {
      return await invoke("stream", { name, args, events });
    } catch (thrown) {
      throw asCommandError(thrown);
    }
  },
  drops({ over, dropped }) {
    const listening = getCurrentWebview()
      .onDragDropEvent(({ payload }) => {
        over(payload.type === "enter" || payload.type === "over");
        if (payload.type === "drop" && payload.paths.length > 0)
          dropped({ type: "paths", paths: payload.paths });
      })
      // A window that may not listen gets its files the web view's way.
      .catch(() => undefined);
    return () => void listening.then((undo) => undo?.());
  },
};

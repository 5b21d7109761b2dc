import { Channel, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { asCommandError, type Backend } from "./backend";
import { fromPaths } from "./drops";

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
        const from = payload.type === "drop" ? fromPaths(payload.paths) : null;
        if (from) dropped(from);
      })
      // Files can still be chosen in the dialog.
      .catch(() => undefined);
    return () => void listening.then((undo) => undo?.());
  },
};

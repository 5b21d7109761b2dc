import { Channel, invoke } from "@tauri-apps/api/core";
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
};

import { Channel, invoke } from "@tauri-apps/api/core";
import { asCommandError, type Backend } from "./backend";

/** `saveUiState` as the core says it: `save_ui_state`. */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The real core, behind Tauri's door. */
export const tauri: Backend = {
  async call(name, args) {
    try {
      return await invoke(snake(name), { args });
    } catch (thrown) {
      throw asCommandError(thrown);
    }
  },
  async stream(name, args, onEvent) {
    const events = new Channel<Parameters<typeof onEvent>[0]>();
    events.onmessage = onEvent;
    try {
      return await invoke(snake(name), { args, events });
    } catch (thrown) {
      throw asCommandError(thrown);
    }
  },
};

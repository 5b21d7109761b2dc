import type { Messages } from "./messages/en";

/** Every command that has keys, a line in the palette and a line in the shortcut help. */
export type CommandId = keyof Messages["commands"];

/** Default keys; several are separated by a space. "Mod" is Ctrl, and Cmd on macOS. */
export const DEFAULT_KEYS: Record<CommandId, string> = {
  send: "Mod+Enter",
  save: "Mod+S",
  closeTab: "Mod+W",
  reopenTab: "Mod+Shift+T",
  nextTab: "Ctrl+Tab",
  previousTab: "Ctrl+Shift+Tab",
  focusUrl: "Mod+L",
  duplicate: "Mod+D",
  formatBody: "Mod+Shift+F",
  flip: "Mod+J",
  rename: "F2",
  copyAsCode: "Mod+Shift+G",
  import: "Mod+O",
  export: "Mod+Shift+O",
  palette: "Mod+K Mod+P",
  newRequest: "Mod+N Mod+T",
  environments: "Mod+E",
  toggleSidebar: "Mod+\\",
  find: "Mod+F",
  settings: "Mod+,",
  shortcuts: "Mod+/",
};

/** The keys of a command: the person's own, or the default. */
export function keysOf(id: CommandId, own: Record<string, string | undefined> = {}): string[] {
  return (own[id] ?? DEFAULT_KEYS[id]).split(" ").filter((keys) => keys !== "");
}

/** The combination of a key press as text: "Mod+Shift+T". Empty for a modifier alone. */
export function combination(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
  mac = false,
): string {
  if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return "";
  const command = mac ? event.metaKey : event.ctrlKey;
  const parts = [
    command ? "Mod" : "",
    mac && event.ctrlKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
    event.key.length === 1 ? event.key.toUpperCase() : event.key,
  ];
  return parts.filter(Boolean).join("+");
}

/** The command a combination stands for. "Ctrl+Tab" is Ctrl everywhere: Cmd+Tab is the system's. */
export function commandFor(
  pressed: string,
  own: Record<string, string | undefined> = {},
  mac = false,
): CommandId | null {
  const wanted = mac ? pressed : pressed.replace(/^Mod\+(?=(Shift\+)?Tab$)/, "Ctrl+");
  for (const id of Object.keys(DEFAULT_KEYS) as CommandId[]) if (keysOf(id, own).includes(wanted)) return id;
  return null;
}

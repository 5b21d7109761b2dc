import { setBackend } from "../ipc";
import { useSettings } from "../stores/settings";
import { changeTab, openTab, useTabs } from "../stores/tabs";
import { showWorkspace, useWorkspace } from "../stores/workspace";
import { sampleBackend, sampleWorkspace } from "./sample";

/** Fills the stores with a sample workspace; `?theme=dark` chooses the colours. */
export async function startSample(): Promise<void> {
  setBackend(sampleBackend);
  showWorkspace(sampleWorkspace);
  const keychain = { state: "available" as const, message: "", sessionOnly: 0 };
  useWorkspace.setState({ booted: true, keychain, historyCount: 4821 });
  const theme = new URLSearchParams(location.search).get("theme");
  if (theme === "dark" || theme === "light" || theme === "highContrast") useSettings.setState({ theme });
  const open = (path: string, method: string) => ({ path, method, name: path.split("/").at(-1) ?? "" });
  useTabs.setState((s) => openTab(s, open("Orders/List orders", "GET"), "pin"));
  useTabs.setState((s) => openTab(s, open("Orders/Get one order", "GET"), "pin"));
  useTabs.setState((s) => changeTab(s, s.active ?? "", { unsaved: true }));
}

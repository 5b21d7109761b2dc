import { asCommandError, backend } from "../ipc";
import { setDraft } from "./drafts";
import { NO_EXCHANGE, useExchanges } from "./exchange";
import { openTab, useTabs } from "./tabs";
import { useWorkspace } from "./workspace";

/** Opens an entry of history in a tab of its own: the request as it was written, and its answer. */
export async function openEntry(id: string): Promise<void> {
  try {
    const { request, exchange } = await backend().call("historyDetail", { id });
    const wanted = { path: null, name: request.name, method: request.method };
    useTabs.setState((s) => openTab(s, wanted, "pin"));
    const tab = useTabs.getState().active;
    if (!tab) return;
    setDraft(tab, { request, saved: null, revision: null });
    useExchanges.setState({ [tab]: { ...NO_EXCHANGE, done: exchange } });
  } catch (thrown) {
    useWorkspace.setState((s) => ({ problems: [...s.problems, asCommandError(thrown)] }));
  }
}

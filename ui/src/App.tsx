import { useEffect } from "react";
import { EmptyState } from "./components/EmptyState";
import { backend } from "./ipc";
import { m } from "./messages";
import { CollectionsPane } from "./panes/collections/CollectionsPane";
import { RequestLine } from "./panes/request/RequestLine";
import { RequestPane } from "./panes/request/RequestPane";
import { ResponsePane } from "./panes/response/ResponsePane";
import { Shell } from "./shell/Shell";
import { listenToKeys } from "./stores/commands";
import { emptyRequest, loadDraft, useDrafts } from "./stores/drafts";
import { useSettings } from "./stores/settings";
import { useTabs } from "./stores/tabs";
import { useVariables } from "./stores/variables";
import { applyTheme } from "./theme";

/** Puts the panes into the frame. */
export function App() {
  const theme = useSettings((s) => s.theme);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => listenToKeys(), []);
  const tab = useTabs((s) => s.active) ?? "";
  const path = useTabs((s) => s.tabs.find((each) => each.id === s.active)?.path ?? null);
  const variables = useVariables(path);
  useEffect(() => {
    if (tab === "" || useDrafts.getState()[tab]) return;
    if (path === null)
      useDrafts.setState({ [tab]: { request: emptyRequest(""), saved: null, revision: null } });
    else
      void backend()
        .call("readRequest", { path })
        .then((doc) => loadDraft(tab, doc))
        .catch(() => undefined);
  }, [tab, path]);
  return (
    <Shell
      workspaceMenu={[]}
      sidebar={<CollectionsPane />}
      requestLine={<RequestLine key={tab} tab={tab} variables={variables} />}
      request={<RequestPane key={tab} tab={tab} variables={variables} />}
      response={<ResponsePane key={tab} tab={tab} />}
      empty={<EmptyState title={m.tabs.none} hint={m.tabs.noneHint} />}
    />
  );
}

import { useEffect } from "react";
import { CollectionsPane } from "./panes/collections/CollectionsPane";
import { HistoryEntryView } from "./panes/history/HistoryEntryView";
import { HistoryPane } from "./panes/history/HistoryPane";
import { Overlays } from "./panes/Overlays";
import { NoRequest } from "./panes/request/NoRequest";
import { Questions } from "./panes/request/Questions";
import { RequestLine } from "./panes/request/RequestLine";
import { RequestPane } from "./panes/request/RequestPane";
import { ResponsePane } from "./panes/response/ResponsePane";
import { StartPage } from "./panes/start/StartPage";
import { useWorkspaceMenu } from "./panes/start/useWorkspaceMenu";
import { Shell } from "./shell/Shell";
import { listenToKeys } from "./stores/commands";
import { useLayout } from "./stores/layout";
import { useSettings } from "./stores/settings";
import { readTab } from "./stores/tabLife";
import { useTabs } from "./stores/tabs";
import { useVariables } from "./stores/variables";
import { useWorkspace } from "./stores/workspace";
import { applyTheme } from "./theme";

/** Puts the panes into the frame. */
export function App() {
  const theme = useSettings((s) => s.theme);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => listenToKeys(), []);
  const isOpen = useWorkspace((s) => s.workspace !== null);
  const place = useLayout((s) => s.place);
  const workspaceMenu = useWorkspaceMenu();
  const tab = useTabs((s) => s.active) ?? "";
  const path = useTabs((s) => s.tabs.find((each) => each.id === s.active)?.path ?? null);
  const variables = useVariables(tab, path);
  useEffect(() => void readTab(tab), [tab]);
  return (
    <Shell
      workspaceMenu={workspaceMenu}
      sidebar={place === "history" ? <HistoryPane /> : <CollectionsPane />}
      instead={place === "history" ? <HistoryEntryView /> : undefined}
      requestLine={<RequestLine key={tab} tab={tab} variables={variables} />}
      request={<RequestPane key={tab} tab={tab} variables={variables} />}
      response={<ResponsePane key={tab} tab={tab} />}
      empty={<NoRequest />}
      start={isOpen ? undefined : <StartPage />}
      dialogs={
        <>
          <Questions />
          <Overlays />
        </>
      }
    />
  );
}

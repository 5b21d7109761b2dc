import { lazy, type ReactNode, Suspense } from "react";
import type { MenuEntry } from "../components/Menu";
import { Split } from "../components/Splitter";
import { m } from "../messages";
import { useCommands } from "../stores/commands";
import { useLayout } from "../stores/layout";
import { useOrganise } from "../stores/organise";
import { changeSettings, useSettings } from "../stores/settings";
import { reopenLast, requestClose } from "../stores/tabLife";
import { openTab, stepTab, useTabs } from "../stores/tabs";
import { askToExport, askToImport } from "../stores/transfer";
import { useWorkspace } from "../stores/workspace";
import { Footer } from "./Footer";
import { Notices } from "./Notices";
import { Rail } from "./Rail";
import "./shell.css";
import { TabStrip } from "./TabStrip";
import { TopBar } from "./TopBar";

const Palette = lazy(() => import("./Palette"));
const Shortcuts = lazy(() => import("./Shortcuts"));

export interface ShellProps {
  workspaceMenu: readonly MenuEntry[];
  /** The list of the chosen place. */
  sidebar: ReactNode;
  /** Method, URL, Send: over both panes. */
  requestLine: ReactNode;
  request: ReactNode;
  response: ReactNode;
  /** Instead of tabs, line and panes: what a place shows of its own. */
  instead?: ReactNode;
  /** Instead of line and panes when no request is open. */
  empty: ReactNode;
  /** Instead of sidebar and tabs when no workspace is open. */
  start?: ReactNode;
  /** Questions that lie over the window. */
  dialogs?: ReactNode;
}

/** The frame of the window. Knows where things are, not what they are. */
export function Shell(props: ShellProps) {
  const layout = useLayout();
  const open = useTabs((s) => s.active !== null);
  const direction = useSettings((s) => s.layout);
  useFrameCommands();
  const close = () => useLayout.setState({ overlay: null });
  const stacked = direction === "stacked";
  const main = props.instead ? (
    <main className="main-whole">{props.instead}</main>
  ) : (
    <main className="main">
      <TabStrip />
      {open ? (
        <div className="work">
          {props.requestLine}
          <Split
            label={m.app.resizeResponse}
            direction={stacked ? "column" : "row"}
            unit="fraction"
            size={stacked ? layout.stacked : layout.side}
            initial={stacked ? 0.5 : 0.455}
            onResize={(size) => useLayout.setState(stacked ? { stacked: size } : { side: size })}
            first={props.request}
            second={props.response}
          />
        </div>
      ) : (
        props.empty
      )}
    </main>
  );
  return (
    <div className="shell">
      <TopBar workspaceMenu={props.workspaceMenu} />
      <div className="shell-middle">
        <Rail />
        {props.start ? (
          props.start
        ) : layout.sidebar ? (
          <Split
            label={m.app.resizeSidebar}
            direction="row"
            size={layout.sidebarWidth}
            initial={272}
            min={180}
            max={480}
            onResize={(sidebarWidth) => useLayout.setState({ sidebarWidth })}
            first={<aside aria-label={m.app.sidebar}>{props.sidebar}</aside>}
            second={main}
          />
        ) : (
          main
        )}
      </div>
      <Notices />
      <Footer />
      <Suspense>
        {layout.overlay === "palette" ? <Palette onClose={close} /> : null}
        {layout.overlay === "shortcuts" ? <Shortcuts onClose={close} /> : null}
        {props.dialogs}
      </Suspense>
    </div>
  );
}

/** The commands that need nothing but the frame. */
function useFrameCommands(): void {
  useCommands({
    palette: () => useLayout.setState({ overlay: "palette" }),
    shortcuts: () => useLayout.setState({ overlay: "shortcuts" }),
    settings: () => useLayout.setState({ overlay: "settings" }),
    environments: () => {
      if (useWorkspace.getState().workspace) useLayout.setState({ overlay: "environments" });
    },
    import: () => askToImport({ fresh: useWorkspace.getState().workspace === null }),
    export: () => {
      // What is chosen in the tree, as in its menu; nothing chosen is everything.
      if (useWorkspace.getState().workspace) askToExport([...useOrganise.getState().selected]);
    },
    toggleSidebar: () => useLayout.setState((s) => ({ sidebar: !s.sidebar })),
    flip: () => {
      const layout = useSettings.getState().layout === "side" ? "stacked" : "side";
      void changeSettings({ layout }).catch(() => undefined);
    },
    nextTab: () => useTabs.setState((s) => stepTab(s, 1)),
    previousTab: () => useTabs.setState((s) => stepTab(s, -1)),
    reopenTab: reopenLast,
    closeTab: () => {
      const { active } = useTabs.getState();
      if (active) requestClose(active);
    },
    newRequest: () => {
      if (useWorkspace.getState().workspace)
        useTabs.setState((s) => openTab(s, { path: null, name: "", method: "GET" }, "pin"));
    },
  });
}

import { Button } from "../components/Button";
import { ChevronDown } from "../components/icons";
import { Kbd } from "../components/Kbd";
import { Menu, type MenuEntry } from "../components/Menu";
import { asCommandError } from "../ipc";
import { keysOf } from "../keys";
import { m } from "../messages";
import { runCommand } from "../stores/commands";
import { useLayout } from "../stores/layout";
import { useSettings } from "../stores/settings";
import { selectEnvironment, useWorkspace } from "../stores/workspace";

/** Workspace, search, environment. */
export function TopBar({ workspaceMenu }: { workspaceMenu: readonly MenuEntry[] }) {
  const workspace = useWorkspace((s) => s.workspace);
  const keys = useSettings((s) => keysOf("palette", s.keys)[0]);
  return (
    <header className="top" aria-label={m.app.topBar}>
      <div className="top-start">
        <span className="top-mark" aria-hidden>
          E
        </span>
        <Menu label={m.app.workspace} entries={workspaceMenu}>
          <Button kind="quiet" label={`${m.app.workspace}: ${workspace?.name ?? m.app.noWorkspace}`}>
            {workspace?.name ?? m.app.noWorkspace}
            <ChevronDown size={12} aria-hidden />
          </Button>
        </Menu>
      </div>
      <button
        type="button"
        className="top-search"
        aria-label={m.app.search}
        onClick={() => runCommand("palette")}
      >
        <span>{m.app.search}</span>
        {keys ? <Kbd keys={keys} /> : null}
      </button>
      <div className="top-end">
        {workspace ? <EnvironmentPicker /> : null}
        {workspace ? (
          <Button onPress={() => useLayout.setState({ overlay: "cookies" })}>{m.app.cookies}</Button>
        ) : null}
      </div>
    </header>
  );
}

/** Says at the foot of the window why it could not be done. */
const tell = (thrown: unknown) => useWorkspace.setState({ error: asCommandError(thrown) });

function EnvironmentPicker() {
  const environments = useWorkspace((s) => s.workspace?.environments) ?? [];
  const chosen = useWorkspace((s) => s.workspace?.environment) ?? null;
  const colour = environments.find((e) => e.name === chosen)?.color;
  const dot = (color: string | undefined) => (
    <span className="top-dot" style={color ? { background: color } : undefined} aria-hidden />
  );
  const keys = useSettings((s) => keysOf("environments", s.keys)[0]);
  const choices: MenuEntry[] = [null, ...environments].map((e) => ({
    id: e?.name ?? "",
    title: e?.name ?? m.app.noEnvironment,
    before: dot(e?.color),
    checked: (e?.name ?? null) === chosen,
    run: () => void selectEnvironment(e?.name ?? null).catch(tell),
  }));
  const entries: MenuEntry[] = [
    ...choices,
    "-",
    { id: "\u0000manage", title: m.environments.manage, keys, run: () => void runCommand("environments") },
  ];
  return (
    <Menu label={m.app.environment} entries={entries}>
      <Button label={`${m.app.environment}: ${chosen ?? m.app.noEnvironment}`}>
        {dot(colour)}
        {chosen ?? m.app.noEnvironment}
        <ChevronDown size={12} aria-hidden />
      </Button>
    </Menu>
  );
}

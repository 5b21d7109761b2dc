import { render } from "@testing-library/react";
import { App } from "../App";
import { Credentials } from "../dev/credentials";
import { CommandError, type Draft, type Request, setBackend, type WorkspaceEvent } from "../ipc";
import { type Handlers, memoryBackend } from "../ipc/memory";
import { emptyRequest } from "../request/empty";
import { useDrafts } from "../stores/drafts";
import { useExchanges } from "../stores/exchange";
import { useLayout } from "../stores/layout";
import { forgetAccepted } from "../stores/literals";
import { useNotes } from "../stores/notes";
import { forgetProviders } from "../stores/providers";
import { useQuestion } from "../stores/questions";
import { useSections } from "../stores/sections";
import { useTabs } from "../stores/tabs";
import { useTokens } from "../stores/tokens";
import { startKeeping } from "../stores/uiState";
import { showWorkspace, takeEvent } from "../stores/workspace";

interface File {
  revision: number;
  request: Request;
}

const fail = (code: string, message: string): never => {
  throw new CommandError({ code, message, hint: null, where: null });
};

/** Files, drafts and revisions as the real core keeps them, in memory. */
export class Core {
  readonly files = new Map<string, File>();
  readonly drafts = new Map<string, Draft>();
  uiState: unknown = null;
  readonly credentials = new Credentials();
  /** Stands in for a full disk. */
  refuse: string | null = null;

  put(path: string, part: Partial<Request> = {}): void {
    const name = path.split("/").at(-1) ?? path;
    const revision = (this.files.get(path)?.revision ?? 0) + 1;
    this.files.set(path, { revision, request: { ...emptyRequest(name), ...part } });
  }

  read(path: string) {
    const file = this.files.get(path) ?? fail("not-found", `There is no ${path}.`);
    const inherited = { auth: null, headers: [] };
    return { path, revision: String(file.revision), request: file.request, inherited };
  }

  readonly handlers: Handlers = {
    ...this.credentials.handlers,
    readRequest: ({ path }) => this.read(path),
    inherited: () => ({ auth: null, headers: [] }),
    saveRequest: ({ path, request, baseRevision, force, tab }) => {
      if (this.refuse) fail("disk-full", this.refuse);
      const now = this.files.get(path);
      if (!force && String(now?.revision ?? "") !== (baseRevision ?? ""))
        fail("conflict", "Changed outside.");
      this.put(path, request);
      if (tab) this.drafts.delete(tab);
      return { path, revision: this.read(path).revision };
    },
    createRequest: ({ parent, request, tab }) => {
      if (this.refuse) fail("disk-full", this.refuse);
      const path = [parent, `${request.name}.yml`].filter(Boolean).join("/");
      this.put(path, request);
      if (tab) this.drafts.delete(tab);
      return { path, revision: "1" };
    },
    compareRequest: ({ request, path }) => ({
      lines: [
        { side: "both", text: "http:" },
        { side: "theirs", text: `url: ${this.read(path).request.url}` },
        { side: "mine", text: `url: ${request.url}` },
      ],
    }),
    saveDraft: ({ draft }) => {
      this.drafts.set(draft.tab, draft);
      return {};
    },
    discardDraft: ({ tab }) => {
      this.drafts.delete(tab);
      return {};
    },
    saveUiState: ({ state }) => {
      this.uiState = JSON.parse(JSON.stringify(state));
      return {};
    },
    variables: () => [
      {
        name: "base_url",
        value: "https://shop.example.com",
        secret: false,
        missing: false,
        scope: "environment",
        origin: 'Environment "Staging"',
        overridden: false,
      },
    ],
    dynamicVariables: () => [{ name: "$guid", description: "A v4 UUID" }],
    parseCurl: ({ text }) => {
      if (text.includes("--bad")) fail("curl", "curl has no option --bad.");
      const request = {
        ...emptyRequest("From curl"),
        method: "POST",
        url: "https://x.test/a?b=1",
        headers: [{ name: "X-One", value: "1", description: "", enabled: true }],
      };
      return { request, notes: ["--compressed: always on"] };
    },
  };
}

let stop: (() => void) | null = null;

/** A window on a workspace with the files of a core; a further call is a restart. */
export function openWindow(core: Core): { tell(event: WorkspaceEvent): void; unmount(): void } {
  stop?.();
  setBackend(memoryBackend(core.handlers));
  useDrafts.setState({}, true);
  useTokens.setState({}, true);
  forgetAccepted();
  forgetProviders();
  useNotes.setState({}, true);
  useExchanges.setState({}, true);
  useSections.setState({}, true);
  useTabs.setState({ tabs: [], active: null, closed: [] });
  useQuestion.setState({ question: null });
  // The tree is tested by itself.
  useLayout.setState({ sidebar: false });
  const nodes = [...core.files].map(([path, { request }]) => ({
    path,
    parent: "",
    name: request.name,
    kind: "request" as const,
    method: request.method,
    protocol: null,
    error: null,
  }));
  showWorkspace({
    id: "w",
    name: "Shop",
    root: "/shop",
    nodes,
    environments: [],
    environment: null,
    branch: null,
    uiState: core.uiState,
    drafts: [...core.drafts.values()],
  });
  stop = startKeeping();
  const { unmount } = render(<App />);
  return { tell: takeEvent, unmount };
}

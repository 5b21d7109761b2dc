import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./base.css";
import { asCommandError, backend, setBackend } from "./ipc";
import { tauri } from "./ipc/tauri";
import { startKeeping } from "./stores/uiState";
import { boot, useWorkspace, watch } from "./stores/workspace";

async function start(): Promise<void> {
  const isSample = import.meta.env.DEV && !("__TAURI_INTERNALS__" in window);
  if (isSample) {
    const { startSample } = await import("./dev/start");
    await startSample();
  } else {
    setBackend(tauri);
    // A window that cannot boot still opens, and says why on its start page.
    await boot().catch((thrown) => useWorkspace.setState({ error: asCommandError(thrown) }));
  }
  startKeeping();
  createRoot(document.getElementById("root") as HTMLElement).render(<App />);
  if (isSample) return;
  void watch();
  // The second frame after the first render: by then it is on the screen.
  requestAnimationFrame(() => requestAnimationFrame(tellReady));
}

function tellReady(): void {
  void backend()
    .call("ready", {})
    .catch(() => undefined);
}

void start();

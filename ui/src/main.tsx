import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./base.css";
import { backend, setBackend } from "./ipc";
import { tauri } from "./ipc/tauri";
import { boot } from "./stores/workspace";

async function start(): Promise<void> {
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { startSample } = await import("./dev/start");
    await startSample();
  } else {
    setBackend(tauri);
    await boot();
  }
  createRoot(document.getElementById("root") as HTMLElement).render(<App />);
  // The second frame after the first render: by then it is on the screen.
  requestAnimationFrame(() =>
    requestAnimationFrame(
      () =>
        void backend()
          .call("ready", {})
          .catch(() => undefined),
    ),
  );
}

void start();

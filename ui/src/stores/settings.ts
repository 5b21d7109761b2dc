import { create } from "zustand";
import type { Settings } from "../ipc";
import { backend } from "../ipc";

/** App-wide settings, as the core keeps them. */
export const useSettings = create<Settings>(() => ({
  theme: "system",
  layout: "side",
  wrap: false,
  keys: {},
  sending: {
    timeoutMs: 0,
    connectTimeoutMs: 30_000,
    firstByteTimeoutMs: 0,
    idleTimeoutMs: 0,
    followRedirects: true,
    maxRedirects: 20,
    verifyTls: true,
    insecureHosts: [],
    authorities: [],
    proxy: { type: "system" },
  },
  history: { maxDays: 90, maxEntries: 1_000_000, maxBodyBytes: 5 * 2 ** 30, keepEchoedSecrets: false },
}));

/** Changes settings here at once and in the core; the core's answer is what counts. */
export async function changeSettings(part: Partial<Settings>): Promise<void> {
  const before = useSettings.getState();
  const settings = { ...before, ...part };
  useSettings.setState(settings);
  try {
    useSettings.setState(await backend().call("saveSettings", { settings }));
  } catch (error) {
    useSettings.setState(before);
    throw error;
  }
}

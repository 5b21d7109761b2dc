import { asCommandError, backend } from "../ipc";

/** Opens a page in the system's browser. Null when it was handed over, else why not. */
export async function openLink(url: string): Promise<string | null> {
  try {
    await backend().call("openLink", { url });
    return null;
  } catch (thrown) {
    // The core's hint repeats the address, which stands beside this.
    return asCommandError(thrown).message;
  }
}

import { create } from "zustand";
import { m } from "../../messages";
import { useLayout } from "../../stores/layout";
import { pickPath } from "../../stores/picking";
import { openWorkspace } from "../../stores/workspace";

const useSuggestion = create<{ folder: string }>(() => ({ folder: "" }));

/** The folder that was named before the question, if one was. */
export const suggestedFolder = (): string => useSuggestion.getState().folder;

/** Asks for a folder and opens it; nothing happens when none is chosen. */
export async function pickAndOpen(): Promise<void> {
  const path = await pickPath("folder", m.start.pickOpen);
  if (path) await openWorkspace(path);
}

/** Asks for name and folder of a new workspace or example. */
export function askToCreate(example: boolean, folder = ""): void {
  useSuggestion.setState({ folder });
  useLayout.setState({ overlay: example ? "createExample" : "createWorkspace" });
}

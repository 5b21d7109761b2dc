/** What a person can choose; "system" follows the desktop's colour scheme and contrast. */
export type ThemeChoice = "system" | "light" | "dark" | "highContrast";

const dark = () => window.matchMedia("(prefers-color-scheme: dark)");
const contrast = () => window.matchMedia("(prefers-contrast: more)");

/** The token set a choice stands for right now. */
export function resolveTheme(choice: ThemeChoice): "light" | "dark" | "contrast" {
  if (choice === "highContrast") return "contrast";
  if (choice !== "system") return choice;
  if (contrast().matches) return "contrast";
  return dark().matches ? "dark" : "light";
}

/** Puts the choice on `<html>` and follows the system while the choice is "system". Returns the undo. */
export function applyTheme(choice: ThemeChoice): () => void {
  const apply = () => {
    document.documentElement.dataset.theme = resolveTheme(choice);
  };
  apply();
  const queries = [dark(), contrast()];
  for (const query of queries) query.addEventListener("change", apply);
  return () => {
    for (const query of queries) query.removeEventListener("change", apply);
  };
}

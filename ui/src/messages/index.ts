import { en, type Messages } from "./en";

/** The words of the chosen language. English is the only one so far. */
export const m: Messages = en;

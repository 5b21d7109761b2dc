import { counted } from "./counted";

/** English: what an API's description says otherwise than the workspace. */
export const describing = {
  title: (place: string) => `Compare ${place} with its description`,
  menu: "Compare with the description…",
  menuHint: "Import the OpenAPI description once more, and take over what changed item by item.",
  reading: "Reading the description",
  same: "Nothing differs from the description",
  sameHint: "Every operation is here as the description says.",
  other: "Another description:",
  file: "Choose a file…",
  pickFile: "Choose the description",
  url: "URL of the description",
  urlHint: "https://api.example.com/openapi.json",
  read: "Read",
  needsUrl: "A whole address is needed, such as https://api.example.com/openapi.json.",
  list: "Differences",
  groups: { added: "Added", changed: "Changed", gone: "Gone" },
  hints: {
    added: "New in the description; they become new requests.",
    changed: "The description says something else now; your own edits stay.",
    gone: "No longer in the description; taking this over deletes the request.",
  },
  all: (group: string) => `All of ${group}`,
  take: (method: string, name: string) => `Take over ${method} ${name}`,
  edited: "edited here",
  editedHint: "You changed this request since; what you changed stays.",
  apply: (count: number) => (count === 0 ? "Take over" : `Take over ${counted(count, "change", "changes")}`),
  applying: "Taking changes over",
  done: (count: number) =>
    count === 1 ? "One change was taken over." : `${count.toLocaleString("en")} changes were taken over.`,
};

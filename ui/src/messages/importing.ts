import { counted } from "./counted";

const requests = (count: number) => counted(count, "request", "requests");

/** English: bringing in what other tools made. */
export const importing = {
  title: "Import",
  menu: "Import…",
  intoFolder: "Import into this folder…",
  fresh: "Import into a new workspace…",
  veil: "Drop to import",
  veilHint: "You see what it brings before anything is written.",
  source: {
    part: "File or folder",
    drop: "Drop files or a folder here",
    dropHint:
      "Postman, OpenAPI, Insomnia, Bruno, OpenCollection, HAR, curl, .http, Hurl, Hoppscotch, Thunder Client, Yaak, WSDL, GraphQL, .proto. The format is found by the content.",
    file: "Choose a file…",
    folder: "Choose a folder…",
    pickFile: "Import a file",
    pickFolder: "Import a folder",
    paste: "Paste text",
    pasteLabel: "Text to import",
    pasteHint: "A collection, an API description, curl commands, a .http file",
    url: "URL",
    urlLabel: "URL to import from",
    urlHint: "https://api.example.com/openapi.json",
    urlNote: "It is fetched once you press Continue; what it refers to is asked for separately.",
    go: "Continue",
    ways: "Ways to import",
    needsText: "Paste something first.",
    needsUrl: "A whole address is needed, such as https://api.example.com/openapi.json.",
  },
  reading: "Reading",
  readingFrom: (what: string) => `Reading ${what}`,
  fetching: (what: string) => `Fetching from ${what}`,
  text: "the pasted text",
  back: "Choose another…",
  readAs: "Read as",
  place: (file: string | null, line: number | null, column: number | null) =>
    [file, line === null ? "" : `line ${line}`, column === null ? "" : `column ${column}`]
      .filter(Boolean)
      .join(", "),
  nothingWritten: "Nothing was written.",
  summary: (count: number, folders: number, environments: number) =>
    [
      requests(count),
      ...(folders > 0 ? [counted(folders, "folder", "folders")] : []),
      ...(environments > 0 ? [counted(environments, "environment", "environments")] : []),
    ].join(", "),
  empty: "There is no request in it",
  emptyHint: "The receipt says what became of its parts.",
  items: "What to import",
  filter: "Filter",
  nothingFound: (text: string) => `Nothing in it is called “${text}”`,
  all: "All",
  none: "None",
  allItems: "Check all items",
  noItems: "Check no item",
  notes: (count: number) => counted(count, "note", "notes"),
  environments: "Environments",
  environment: (variables: number, secrets: number) =>
    [counted(variables, "variable", "variables"), ...(secrets > 0 ? [`${secrets} secret`] : [])].join(", "),
  receipt: {
    parts: "What becomes of it",
    all: "All",
    kept: "Kept",
    converted: "Converted",
    notCarried: "Could not be carried",
    lines: "Receipt",
    whole: "The whole",
    original: (where: string) => `The original is kept at ${where}`,
    only: (what: string) => `Only about ${what}`,
    showAll: "Show all lines",
    none: {
      all: "The receipt has no lines here",
      kept: "Nothing was kept just as it was",
      converted: "Nothing had to be converted",
      notCarried: "Everything could be carried",
    },
    outcomes: { kept: "Kept", converted: "Converted", notCarried: "Not carried" },
  },
  secrets: {
    tab: "Secrets",
    table: "Secrets found",
    hint: "These look like credentials. Kept ones go into the keychain under the name here, never into a file; the request gets a variable in their place. The others are left out.",
    question: (count: number) =>
      count === 1
        ? "A secret was found. Say what becomes of it, then import."
        : `${count} secrets were found. Say what becomes of them, then import.`,
    keep: "Keep",
    keepOne: (what: string, place: string) => `Keep in the keychain: ${what}, ${place}`,
    what: "What",
    name: "Name",
    nameOf: (what: string, place: string) => `Name of ${what}, ${place}`,
    collection: "collection",
    leftOut: "left out",
    keepAll: "Keep all",
    keepNone: "Leave all out",
    given: "A variable keeps its name: the requests refer to it.",
    badName: "A name has no spaces and no braces.",
  },
  addresses: {
    tab: "Other places",
    hint: "It refers to files elsewhere. Nothing is fetched until you agree, host by host; what is not fetched is left out, and the receipt says so.",
    list: "Hosts",
    fetch: "Fetch",
    fetchFrom: (host: string) => `Fetch from ${host}`,
    fetchAll: (count: number) => `Fetch from all ${count} hosts`,
    urls: (count: number) => counted(count, "file", "files"),
    show: (host: string) => `Files at ${host}`,
    redirects: (urls: string) => `The address led on to ${urls}.`,
  },
  target: {
    group: "Import into",
    here: "This workspace",
    fresh: "New workspace",
    folder: "Folder in the workspace",
    top: "Top of the workspace",
    search: "Find a folder",
    nothing: (typed: string) => `No folder is called “${typed}”`,
    name: "Name",
    path: "Folder for the workspace",
    pathHint: "Folder for it, such as /home/me/api",
    browse: "Browse…",
    pick: "Choose an empty folder for the new workspace",
    needsName: "Give the workspace a name.",
    needsFolder: "Say which folder; an absolute path such as /home/me/api.",
    link: "Stay linked to the description",
    linkHint:
      "Import it again later to see what was added, changed or removed, and take it over item by item.",
    linked: (place: string) => `This description was imported before, into ${place || "this workspace"}.`,
    linkedHint: "Compare it to take over only what changed; your own edits stay.",
    compare: "Compare instead…",
    inPlace: "This folder is a workspace already and can be opened where it is, without importing.",
    open: "Open it in place",
  },
  go: (count: number) => `Import ${requests(count)}`,
  goEnvironments: (count: number) => `Import ${counted(count, "environment", "environments")}`,
  writing: (count: number, secrets: number) =>
    `Writing ${requests(count)}${secrets > 0 ? `, and ${counted(secrets, "secret", "secrets")} into the keychain` : ""}`,
  nothingChosen: "Nothing is checked",
  done: {
    title: (count: number, environments: number, place: string) =>
      `${
        count > 0 || environments === 0
          ? requests(count)
          : counted(environments, "environment", "environments")
      } came into ${place}`,
    counts: (kept: number, converted: number, notCarried: number) =>
      `${[
        `${counted(kept, "part", "parts")} kept`,
        ...(converted > 0 ? [`${converted.toLocaleString("en")} converted`] : []),
        ...(notCarried > 0 ? [`${notCarried.toLocaleString("en")} could not be carried`] : []),
      ].join(", ")}.`,
    show: "Show receipt",
    hide: "Hide receipt",
    openFailed: "It was written, but could not be opened.",
    session: (names: string) => `There is no keychain: these secrets last this session only: ${names}.`,
    close: "Done",
  },
};

import { useState } from "react";
import type { ImportPreview, ImportTarget } from "../../ipc";
import type { ImportAsk } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";

/** Where an import goes, as it is being said. */
export function useTarget(ask: ImportAsk, preview: ImportPreview) {
  const isOpen = useWorkspace((s) => s.workspace !== null);
  const [kind, setKind] = useState<"here" | "new">(isOpen && !ask.fresh ? "here" : "new");
  const [into, setInto] = useState(ask.into);
  const [name, setName] = useState(preview.name);
  const [folder, setFolder] = useState("");
  const [isTried, setTried] = useState(false);
  const [link, setLink] = useState(preview.linkable);
  const isSaid = kind === "here" || (name.trim() !== "" && folder.trim() !== "");
  const target: ImportTarget =
    kind === "here"
      ? { type: "here", folder: into }
      : { type: "new", folder: folder.trim(), name: name.trim() };
  return {
    isOpen,
    kind,
    setKind,
    into,
    setInto,
    name,
    setName,
    folder,
    setFolder,
    link,
    setLink,
    target,
    /** Shows what is missing; false while something is. */
    isReady: () => {
      setTried(true);
      return isSaid;
    },
    isNameMissing: isTried && name.trim() === "",
    isFolderMissing: isTried && folder.trim() === "",
  };
}

export type Target = ReturnType<typeof useTarget>;

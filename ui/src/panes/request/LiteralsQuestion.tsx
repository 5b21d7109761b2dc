import { replaceInRequest } from "../../auth/replace";
import type { LiteralFound, Request } from "../../ipc";
import { editDraft, useDrafts } from "../../stores/drafts";
import { ask } from "../../stores/questions";
import { saveTab } from "../../stores/saving";
import { closeNow } from "../../stores/tabLife";
import { LiteralsDialog } from "../auth/LiteralsDialog";

interface LiteralsQuestionProps {
  tab: string;
  found: LiteralFound[];
  force: boolean;
  close: boolean;
}

/** Secrets in a request that is about to be saved. */
export default function LiteralsQuestion({ tab, found, force, close }: LiteralsQuestionProps) {
  const request = useDrafts((s) => s[tab]?.request);
  if (!request) return null;
  const save = async (changed: Request) => {
    ask(null);
    editDraft(tab, changed);
    if ((await saveTab(tab, force, close)) && close) closeNow(tab);
  };
  return (
    <LiteralsDialog<Request>
      inside={request}
      found={found}
      replace={replaceInRequest}
      onDone={(changed) => void save(changed)}
      onClose={() => ask(null)}
    />
  );
}

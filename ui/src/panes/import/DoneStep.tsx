import { useState } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { Check } from "../../components/icons";
import { type TabItem, Tabs } from "../../components/Tabs";
import {
  asCommandError,
  type CommandError,
  type Imported,
  type ImportPreview,
  type ReceiptOutcome,
} from "../../ipc";
import { m } from "../../messages";
import { showImported } from "../../stores/imported";
import { useWorkspace } from "../../stores/workspace";
import { Receipt } from "./Receipt";
import "./DoneStep.css";

const words = m.importing;

interface DoneStepProps {
  imported: Imported;
  /** Of what was imported. */
  preview: ImportPreview;
  /** Why what was written could not be shown. */
  failed: CommandError | null;
  onClose(): void;
}

/** What an import wrote. */
export function DoneStep({ imported, preview, failed, onClose }: DoneStepProps) {
  const place = useWorkspace((s) => s.workspace?.name) ?? preview.name;
  const [isShown, setShown] = useState(false);
  const [problem, setProblem] = useState(failed);
  const why = problem ?? failed;
  const { requests, environments, kept, converted, notCarried } = imported.receipt;
  const again = () => showImported(imported).then(onClose, (thrown) => setProblem(asCommandError(thrown)));
  return (
    <>
      <div className="import-done" data-shown={isShown || undefined}>
        <p className="import-done-title" role="status">
          <span className="import-done-mark">
            <Check size={16} aria-hidden />
          </span>
          {words.done.title(requests, environments, place)}
        </p>
        <p>{words.done.counts(kept, converted, notCarried)}</p>
        {imported.sessionOnly.length > 0 ? (
          <ErrorNote tone="warn" message={words.done.session(imported.sessionOnly.join(", "))} />
        ) : null}
        {why ? (
          <ErrorNote message={words.done.openFailed} hint={[why.message, why.hint].filter(Boolean).join(" ")}>
            <Button onPress={() => void again()}>{m.common.retry}</Button>
          </ErrorNote>
        ) : null}
        <div>
          <Button onPress={() => setShown(!isShown)}>{isShown ? words.done.hide : words.done.show}</Button>
        </div>
      </div>
      {isShown ? <Written preview={preview} /> : null}
      <div className="dialog-actions">
        <Button kind="primary" autoFocus onPress={onClose}>
          {words.done.close}
        </Button>
      </div>
    </>
  );
}

type Part = "all" | ReceiptOutcome;
const PARTS: readonly Part[] = ["all", "kept", "converted", "notCarried"];

/** The whole receipt, also of what was not chosen, page by page. */
function Written({ preview }: { preview: ImportPreview }) {
  const [part, setPart] = useState<Part>("all");
  const { kept, converted, notCarried } = preview.counts;
  const totals = { all: kept + converted + notCarried, kept, converted, notCarried };
  const tabs = PARTS.map((id): TabItem<Part> => {
    const count = totals[id];
    return { id, title: words.receipt[id], badge: count === 0 ? null : count.toLocaleString("en") };
  });
  return (
    <section className="import-outcomes import-written" aria-label={words.receipt.parts}>
      <Tabs<Part> label={words.receipt.parts} tabs={tabs} selected={part} onSelect={setPart}>
        <div className="import-panel">
          <div className="import-lines">
            <Receipt key={part} id={preview.id} outcome={part === "all" ? null : part} node={null} />
          </div>
        </div>
      </Tabs>
    </section>
  );
}

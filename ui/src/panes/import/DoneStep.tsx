import { useState } from "react";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Check } from "../../components/icons";
import { ReceiptLines } from "../../components/ReceiptLines";
import { type TabItem, Tabs } from "../../components/Tabs";
import {
  asCommandError,
  type CommandError,
  type Imported,
  type ReceiptLine,
  type ReceiptOutcome,
} from "../../ipc";
import { m } from "../../messages";
import { showImported } from "../../stores/imported";
import { useWorkspace } from "../../stores/workspace";

const words = m.importing;

interface DoneStepProps {
  imported: Imported;
  /** Of what was imported. */
  name: string;
  lines: readonly ReceiptLine[] | null;
  /** Why what was written could not be shown. */
  failed: CommandError | null;
  onClose(): void;
}

/** What an import wrote. */
export function DoneStep({ imported, name, lines, failed, onClose }: DoneStepProps) {
  const place = useWorkspace((s) => s.workspace?.name) ?? name;
  const [isShown, setShown] = useState(false);
  const [problem, setProblem] = useState(failed);
  const why = problem ?? failed;
  const { requests, environments, kept, converted, notCarried } = imported.receipt;
  const figure = (count: number) => count.toLocaleString("en");
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
        <p>{words.done.counts(figure(kept), figure(converted), figure(notCarried))}</p>
        {imported.sessionOnly.length > 0 ? (
          <ErrorNote tone="warn" message={words.done.session(imported.sessionOnly.join(", "))} />
        ) : null}
        {why ? (
          <ErrorNote message={words.done.openFailed} hint={[why.message, why.hint].filter(Boolean).join(" ")}>
            <Button onPress={() => void again()}>{m.common.retry}</Button>
          </ErrorNote>
        ) : null}
        {lines ? (
          <div>
            <Button onPress={() => setShown(!isShown)}>{isShown ? words.done.hide : words.done.show}</Button>
          </div>
        ) : null}
      </div>
      {isShown && lines ? <Written lines={lines} /> : null}
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

function Written({ lines }: { lines: readonly ReceiptLine[] }) {
  const [part, setPart] = useState<Part>("all");
  const of = (wanted: Part) => (wanted === "all" ? lines : lines.filter((line) => line.outcome === wanted));
  const shown = of(part);
  const tabs = PARTS.map((id): TabItem<Part> => {
    const count = of(id).length;
    return { id, title: words.receipt[id], badge: count === 0 ? null : count.toLocaleString("en") };
  });
  return (
    <section className="import-outcomes import-written" aria-label={words.receipt.parts}>
      <Tabs<Part> label={words.receipt.parts} tabs={tabs} selected={part} onSelect={setPart}>
        <div className="import-panel">
          <div className="import-lines">
            {shown.length > 0 ? (
              <ReceiptLines key={part} label={words.receipt.lines} lines={shown} />
            ) : (
              <EmptyState title={words.receipt.none[part]} />
            )}
          </div>
        </div>
      </Tabs>
    </section>
  );
}

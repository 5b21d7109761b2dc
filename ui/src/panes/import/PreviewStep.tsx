import { useState } from "react";
import { Button } from "../../components/Button";
import { ProgressLine } from "../../components/Progress";
import { Select } from "../../components/Select";
import type { ImportPreview } from "../../ipc";
import { m } from "../../messages";
import type { ImportAsk } from "../../stores/transfer";
import { EnvironmentChoices } from "./EnvironmentChoices";
import { FORMATS } from "./formats";
import { ItemChoices } from "./ItemChoices";
import { type OutcomePart, Outcomes } from "./Outcomes";
import { PreviewNotes } from "./PreviewNotes";
import { TargetBar } from "./TargetBar";
import { useChoices } from "./useChoices";
import type { Importing } from "./useImport";
import { useTarget } from "./useTarget";
import "./PreviewStep.css";

const words = m.importing;

interface PreviewStepProps {
  ask: ImportAsk;
  preview: ImportPreview;
  version: number;
  /** What is going on, in words. */
  busy: string | null;
  isWriting: boolean;
  importing: Importing;
  onClose(): void;
}

/** What an import would bring, chosen and pointed somewhere. */
export function PreviewStep(props: PreviewStepProps) {
  const { ask, preview, version, busy, isWriting, importing, onClose } = props;
  const choices = useChoices(preview);
  const target = useTarget(ask, preview);
  const [node, setNode] = useState<number | null>(null);
  const [part, setPart] = useState<OutcomePart>(preview.wanted.length > 0 ? "addresses" : "all");
  const [hasSeenSecrets, setSeenSecrets] = useState(false);
  const { counts } = preview;
  const show = (next: OutcomePart) => {
    setPart(next);
    if (next === "secrets") setSeenSecrets(true);
  };
  const isEmpty = choices.count === 0 && choices.environmentCount === 0;
  const mustAsk = choices.secrets.length > 0 && !hasSeenSecrets;
  const [asks, setAsks] = useState(false);
  const go = () => {
    if (!target.isReady()) return;
    // Secrets are named before anything is written.
    if (mustAsk || choices.isBadlyNamed) {
      setAsks(true);
      return show("secrets");
    }
    importing.apply(
      { ...choices.chosen(), target: target.target, link: preview.linkable && target.link },
      choices.count,
    );
  };
  return (
    <>
      {busy ? <ProgressLine label={busy} /> : null}
      <div className="import-head">
        <h3 className="import-name" title={preview.name}>
          {preview.name}
        </h3>
        <p className="import-summary">
          {words.summary(counts.requests, counts.folders, counts.environments)}
        </p>
        <Select
          label={words.readAs}
          options={
            FORMATS.some((each) => each.id === preview.format)
              ? FORMATS
              : [{ id: preview.format, title: preview.formatName }, ...FORMATS]
          }
          selected={preview.format}
          onSelect={(format) => importing.from && importing.read(importing.from, format)}
        />
        <Button kind="quiet" disabled={isWriting} onPress={importing.back}>
          {words.back}
        </Button>
      </div>
      <PreviewNotes preview={preview} importing={importing} isOpen={target.isOpen} onClose={onClose} />
      <div className="import-preview" inert={isWriting}>
        <div className="import-what">
          <ItemChoices nodes={preview.nodes} choices={choices} onNode={setNode} />
          <EnvironmentChoices environments={preview.environments} choices={choices} />
        </div>
        <Outcomes
          preview={preview}
          version={version}
          choices={choices}
          node={node}
          onAll={() => setNode(null)}
          part={part}
          onPart={show}
          asks={asks && part === "secrets"}
          onFetch={importing.fetch}
          isFetching={busy !== null}
        />
      </div>
      <TargetBar preview={preview} target={target} disabled={isWriting} />
      <div className="dialog-actions">
        <span className="import-busy" role="status">
          {busy ?? (isEmpty ? words.nothingChosen : "")}
        </span>
        <Button disabled={isWriting} onPress={onClose}>
          {m.common.cancel}
        </Button>
        {/* Read and agreed, it is one key away. */}
        <Button kind="primary" autoFocus disabled={isEmpty || busy !== null} onPress={go}>
          {choices.count > 0 || choices.environmentCount === 0
            ? words.go(choices.count)
            : words.goEnvironments(choices.environmentCount)}
        </Button>
      </div>
    </>
  );
}

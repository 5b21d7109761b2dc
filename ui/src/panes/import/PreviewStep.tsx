import { useState } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { ProgressLine } from "../../components/Progress";
import { Select } from "../../components/Select";
import { asCommandError, type ImportPreview } from "../../ipc";
import { m } from "../../messages";
import { type ImportAsk, useTransfer } from "../../stores/transfer";
import { openWorkspace, useWorkspace } from "../../stores/workspace";
import { EnvironmentChoices } from "./EnvironmentChoices";
import { FORMATS } from "./formats";
import { ItemChoices } from "./ItemChoices";
import { type OutcomePart, Outcomes } from "./Outcomes";
import { TargetBar } from "./TargetBar";
import { useChoices } from "./useChoices";
import type { Importing } from "./useImport";
import { useTarget } from "./useTarget";

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
      <Notes preview={preview} importing={importing} isOpen={target.isOpen} onClose={onClose} />
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

interface NotesProps {
  preview: ImportPreview;
  importing: Importing;
  isOpen: boolean;
  onClose(): void;
}

/** What there is to say before anything is chosen, and why the last attempt failed. */
function Notes({ preview, importing, isOpen, onClose }: NotesProps) {
  const { failed, from } = importing;
  const { linked, opensInPlace, redirects } = preview;
  const compare = () => {
    onClose();
    if (linked !== null) useTransfer.setState({ comparing: { folder: linked, from } });
  };
  const open = () => {
    onClose();
    if (opensInPlace !== null)
      openWorkspace(opensInPlace).catch((thrown) => useWorkspace.setState({ error: asCommandError(thrown) }));
  };
  return (
    <div className="import-notes">
      {failed ? (
        <ErrorNote
          message={failed.message}
          hint={failed.hint ?? words.nothingWritten}
          where={failed.where ? words.place(failed.where.file, failed.where.line, failed.where.column) : null}
        />
      ) : null}
      {opensInPlace !== null ? (
        <Note text={words.target.inPlace} hint={opensInPlace} action={words.target.open} onAction={open} />
      ) : null}
      {linked !== null && isOpen ? (
        <Note
          text={words.target.linked(linked)}
          hint={words.target.linkedHint}
          action={words.target.compare}
          onAction={compare}
        />
      ) : null}
      {redirects.length > 0 ? <Note text={words.addresses.redirects(redirects.join(", "))} /> : null}
    </div>
  );
}

function Note(props: { text: string; hint?: string; action?: string; onAction?(): void }) {
  return (
    <div className="import-note" role="note">
      <p>
        {props.text} {props.hint ? <span className="form-hint">{props.hint}</span> : null}
      </p>
      {props.action && props.onAction ? <Button onPress={props.onAction}>{props.action}</Button> : null}
    </div>
  );
}

import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError, type ImportPreview } from "../../ipc";
import { m } from "../../messages";
import { useTransfer } from "../../stores/transfer";
import { openWorkspace, useWorkspace } from "../../stores/workspace";
import type { Importing } from "./useImport";
import "./PreviewNotes.css";

const words = m.importing;

interface PreviewNotesProps {
  preview: ImportPreview;
  importing: Importing;
  isOpen: boolean;
  onClose(): void;
}

/** What there is to say before anything is chosen, and why the last attempt failed. */
export function PreviewNotes({ preview, importing, isOpen, onClose }: PreviewNotesProps) {
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

import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import type { CommandError, WireError } from "../../ipc";
import { m } from "../../messages";
import { editDraft } from "../../stores/drafts";
import { NO_NOTES, note, useNotes } from "../../stores/notes";
import { ask } from "../../stores/questions";
import { keepMine, saveTab, takeTheirs } from "../../stores/saving";
import { lookAgain, reopenAside } from "../../stores/tabLife";
import { useTabs } from "../../stores/tabs";
import "./RequestNotes.css";

const w = m.request.notes;

/** A place in a file, in words. */
function place(where: WireError["where"]): string | null {
  if (!where?.file) return null;
  return [where.file, where.line, where.column].filter((part) => part !== null).join(":");
}

function Problem({ error, retry }: { error: CommandError; retry(): void }) {
  return (
    <ErrorNote message={error.message} hint={error.hint} where={place(error.where)}>
      <Button onPress={retry}>{m.common.retry}</Button>
    </ErrorNote>
  );
}

/** What a tab has to say about its request; stays until it is put right or put away. */
export function RequestNotes({ tab }: { tab: string }) {
  const notes = useNotes((s) => s[tab] ?? NO_NOTES);
  const { readError, saveError, conflict, gone, curl, aside } = notes;
  // Already reopened by its key, or gone from the list of closed tabs.
  const waits = useTabs((s) => s.closed.some((each) => each.id === aside?.tab));
  if (notes === NO_NOTES) return null;
  return (
    <div className="notes">
      {readError ? <Problem error={readError} retry={() => void lookAgain(tab)} /> : null}
      {saveError ? <Problem error={saveError} retry={() => void saveTab(tab)} /> : null}
      {conflict ? (
        <ErrorNote message={w.conflict} hint={w.conflictHint} tone="warn">
          <Button onPress={() => void keepMine(tab)}>{w.mine}</Button>
          <Button onPress={() => takeTheirs(tab)}>{w.theirs}</Button>
          <Button onPress={() => ask({ kind: "difference", tab })}>{w.difference}</Button>
        </ErrorNote>
      ) : null}
      {gone ? (
        <ErrorNote message={w.gone(gone)} hint={w.goneHint} tone="warn">
          <Button onPress={() => void saveTab(tab)}>{m.common.save}</Button>
        </ErrorNote>
      ) : null}
      {curl ? <CurlNote tab={tab} curl={curl} /> : null}
      {aside && waits ? (
        <div role="status" className="notes-line">
          <p>{w.aside[aside.side]}</p>
          <Button kind="quiet" onPress={() => reopenAside(tab, aside.tab)}>
            {w.openAside}
          </Button>
          <IconButton label={m.common.close} icon={X} small onPress={() => note(tab, { aside: null })} />
        </div>
      ) : null}
    </div>
  );
}

function CurlNote({ tab, curl }: { tab: string; curl: NonNullable<(typeof NO_NOTES)["curl"]> }) {
  const { error, notes, before } = curl;
  const close = () => note(tab, { curl: null });
  if (error)
    return (
      <ErrorNote message={error.message} hint={error.hint}>
        <Button onPress={close}>{m.common.close}</Button>
      </ErrorNote>
    );
  const undo = () => {
    editDraft(tab, before);
    close();
  };
  return (
    <div role="status" className="notes-line">
      <div className="notes-text" data-selectable>
        <p>{w.curlDone}</p>
        {notes.length > 0 ? (
          <ul>
            {notes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        ) : null}
      </div>
      <Button kind="quiet" onPress={undo}>
        {m.common.undo}
      </Button>
      <IconButton label={m.common.close} icon={X} small onPress={close} />
    </div>
  );
}

import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { FileDown } from "../../components/icons";
import { Select } from "../../components/Select";
import { Tabs } from "../../components/Tabs";
import { TextField } from "../../components/TextField";
import { asCommandError, type CommandError, type ImportFrom } from "../../ipc";
import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { FORMATS } from "./formats";
import type { Importing } from "./useImport";
import "./SourceStep.css";

const words = m.importing;
type Way = "file" | "text" | "url";

const wayOf = (from: ImportFrom | null): Way =>
  from?.type === "text" || from?.type === "url" ? from.type : "file";

/** Where something to import is. */
export function SourceStep({ importing, onClose }: { importing: Importing; onClose(): void }) {
  const { from, failed } = importing;
  const [way, setWay] = useState<Way>(wayOf(from));
  const [text, setText] = useState(from?.type === "text" ? from.text : "");
  const [url, setUrl] = useState(from?.type === "url" ? from.url : "");
  const [wrong, setWrong] = useState<string | null>(null);
  const go = () => {
    if (way === "text") {
      if (text.trim() === "") setWrong(words.source.needsText);
      else importing.read({ type: "text", text });
    } else if (/^https?:\/\/\S+$/i.test(url.trim())) importing.read({ type: "url", url: url.trim() });
    else setWrong(words.source.needsUrl);
  };
  /** What is typed anew is not wrong yet. */
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value);
    setWrong(null);
  };
  return (
    <>
      <Tabs<Way>
        label={words.source.ways}
        tabs={[
          { id: "file", title: words.source.part },
          { id: "text", title: words.source.paste },
          { id: "url", title: words.source.url },
        ]}
        selected={way}
        onSelect={(next) => {
          setWay(next);
          setWrong(null);
        }}
      >
        <div className="import-source">
          {failed ? <Failed failed={failed} from={from} onRead={importing.read} /> : null}
          {way === "file" ? (
            <FromFile onPick={(path) => importing.read({ type: "paths", paths: [path] })} />
          ) : null}
          {way === "text" ? (
            <FromText
              text={text}
              at={failed?.where ?? null}
              wrong={wrong}
              onChange={typed(setText)}
              onGo={go}
            />
          ) : null}
          {way === "url" ? <FromUrl url={url} wrong={wrong} onChange={typed(setUrl)} onGo={go} /> : null}
        </div>
      </Tabs>
      <div className="dialog-actions">
        <Button onPress={onClose}>{m.common.cancel}</Button>
        {way === "file" ? null : (
          <Button kind="primary" onPress={go}>
            {words.source.go}
          </Button>
        )}
      </div>
    </>
  );
}

function FromFile({ onPick }: { onPick(path: string): void }) {
  const [failed, setFailed] = useState<CommandError | null>(null);
  const pick = async (kind: "file" | "folder") => {
    const title = kind === "file" ? words.source.pickFile : words.source.pickFolder;
    try {
      const path = await pickPath(kind, title);
      if (path) onPick(path);
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
  };
  return (
    <>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      <div className="import-drop">
        <FileDown size={28} strokeWidth={1.25} aria-hidden />
        <p className="import-drop-title">{words.source.drop}</p>
        <div className="import-drop-actions">
          <Button kind="primary" autoFocus onPress={() => void pick("file")}>
            {words.source.file}
          </Button>
          <Button onPress={() => void pick("folder")}>{words.source.folder}</Button>
        </div>
        <p className="import-drop-hint">{words.source.dropHint}</p>
      </div>
    </>
  );
}

interface TypedProps {
  /** What is wrong with what is typed. */
  wrong: string | null;
  onChange(value: string): void;
  onGo(): void;
}

interface FromTextProps extends TypedProps {
  text: string;
  /** Where it could not be read. */
  at: CommandError["where"];
}

function FromText({ text, at, wrong, onChange, onGo }: FromTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const line = at?.line ?? null;
  const column = at?.column ?? 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, to the place; then the cursor is the user's
  useEffect(() => {
    const box = field.current;
    if (!box || line === null) return;
    const place = placeIn(text, line, column);
    box.setSelectionRange(place, place);
    // A field that gets the focus brings its cursor into view.
    box.blur();
    box.focus();
  }, [line, column]);
  return (
    <>
      <textarea
        ref={field}
        className="form-area mono import-paste"
        aria-label={words.source.pasteLabel}
        placeholder={words.source.pasteHint}
        value={text}
        spellCheck={false}
        autoFocus
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onGo();
        }}
      />
      {wrong ? (
        <p role="alert" className="field-error">
          {wrong}
        </p>
      ) : null}
    </>
  );
}

/** Of a line and column, both from 1, in a text. */
function placeIn(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(text.length, before + Math.min(column - 1, lines[line - 1]?.length ?? 0));
}

function FromUrl({ url, wrong, onChange, onGo }: TypedProps & { url: string }) {
  return (
    <>
      <TextField
        labelled
        mono
        autoFocus
        label={words.source.urlLabel}
        placeholder={words.source.urlHint}
        value={url}
        error={wrong}
        onChange={onChange}
        onEnter={onGo}
      />
      <p className="form-hint">{words.source.urlNote}</p>
    </>
  );
}

/** React Aria keeps the empty string for "nothing chosen". */
const UNCHOSEN = "\u0000";

function Failed(props: {
  failed: CommandError;
  from: ImportFrom | null;
  onRead(from: ImportFrom, format: string | null): void;
}) {
  const { failed, from, onRead } = props;
  const { where, message } = failed;
  const place = where ? words.place(where.file, where.line, where.column) : null;
  return (
    <ErrorNote
      message={message}
      hint={failed.hint ?? words.nothingWritten}
      // Most messages say it themselves.
      where={where?.line != null && message.includes(`line ${where.line}`) ? null : place}
    >
      {from ? (
        <>
          {/* A text is mended below, and goes on from there. */}
          {from.type === "text" ? null : <Button onPress={() => onRead(from, null)}>{m.common.retry}</Button>}
          <Select
            label={words.readAs}
            options={[{ id: UNCHOSEN, title: `${words.readAs}…` }, ...FORMATS]}
            selected={UNCHOSEN}
            onSelect={(id) => id !== UNCHOSEN && onRead(from, id)}
          />
        </>
      ) : null}
    </ErrorNote>
  );
}

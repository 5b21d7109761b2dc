import { useState } from "react";
import { Button } from "../../components/Button";
import { CodeEditor } from "../../components/CodeEditor";
import { EmptyState } from "../../components/EmptyState";
import { Kbd } from "../../components/Kbd";
import { Select } from "../../components/Select";
import type { Body, RawLanguage } from "../../ipc";
import { keysOf } from "../../keys";
import { m } from "../../messages";
import { formatJson } from "../../request/formatJson";
import { useCommands } from "../../stores/commands";
import { editDraft } from "../../stores/drafts";
import { useSettings } from "../../stores/settings";
import { putAside, takeBack } from "./alternatives";
import { FileBodyPart } from "./FileBodyPart";
import { MultipartTable } from "./MultipartTable";
import type { PartProps } from "./part";
import { Rows } from "./Rows";

const w = m.request.bodyPart;

type Kind = RawLanguage | Exclude<Body["type"], "raw">;
const RAW: readonly Kind[] = ["json", "xml", "text", "sparql"];

const kindOf = (body: Body): Kind => (body.type === "raw" ? body.language : body.type);

function fresh(kind: Kind, before: Body): Body {
  // One kind of text is only another reading of the same words.
  const text = before.type === "raw" ? before.text : "";
  if (RAW.includes(kind)) return { type: "raw", language: kind as RawLanguage, text };
  if (kind === "formUrlEncoded" || kind === "multipart") return { type: kind, rows: [] };
  return kind === "file" ? { type: "file", files: [] } : { type: "none" };
}

/** What the request carries. */
export function BodyPart({ tab, request, variables }: PartProps) {
  const { body } = request;
  const kind = kindOf(body);
  const set = (next: Body) => editDraft(tab, { body: next });
  const choose = (next: Kind) => {
    putAside(tab, "body", RAW.includes(kind) ? "raw" : kind, body);
    const isText = RAW.includes(next);
    const back = takeBack<Body>(tab, "body", isText ? "raw" : next);
    if (!back) set(fresh(next, body));
    else set(back.type === "raw" ? { ...back, language: next as RawLanguage } : back);
  };
  const kinds: Kind[] = ["none", "json", "xml", "text", "formUrlEncoded", "multipart", "file"];
  const options = (kind === "sparql" ? [...kinds, kind] : kinds).map((id) => ({ id, title: w[id] }));
  return (
    <div className="req req-fill">
      <div className="req-bar">
        <Select label={w.type} options={options} selected={kind} onSelect={choose} />
        {body.type === "raw" && body.language === "json" ? (
          <FormatButton text={body.text} onFormat={(text) => set({ ...body, text })} />
        ) : null}
      </div>
      {body.type === "none" ? <EmptyState title={w.noneTitle} hint={w.noneHint} /> : null}
      {body.type === "raw" ? (
        <div className="req-editor">
          <CodeEditor
            label={w.editor}
            language={body.language === "sparql" ? "text" : body.language}
            value={body.text}
            onChange={(text) => set({ ...body, text })}
            variables={variables}
          />
        </div>
      ) : null}
      {body.type === "formUrlEncoded" ? (
        <Rows
          title={w.formUrlEncoded}
          label={w.formTable}
          namePlaceholder={w.addField}
          saved={body.rows}
          save={(rows) => set({ type: "formUrlEncoded", rows })}
          alone={(row) => ({ body: { type: "formUrlEncoded", rows: [row] } })}
          variables={variables}
        />
      ) : null}
      {body.type === "multipart" ? (
        <MultipartTable
          rows={body.rows}
          onChange={(rows) => set({ type: "multipart", rows })}
          variables={variables}
        />
      ) : null}
      {body.type === "file" ? (
        <FileBodyPart files={body.files} onChange={(files) => set({ type: "file", files })} />
      ) : null}
    </div>
  );
}

function FormatButton({ text, onFormat }: { text: string; onFormat(text: string): void }) {
  const keys = useSettings((s) => keysOf("formatBody", s.keys)[0]);
  const [refused, setRefused] = useState<string | null>(null);
  const format = () => {
    const formatted = formatJson(text);
    setRefused(formatted === null ? text : null);
    if (formatted !== null && formatted !== text) onFormat(formatted);
  };
  useCommands({ formatBody: format });
  return (
    <>
      <Button kind="quiet" label={w.format} onPress={format}>
        {w.format}
        {keys ? <Kbd keys={keys} /> : null}
      </Button>
      {refused === text ? (
        <span role="status" className="req-hint">
          {w.cannotFormat}
        </span>
      ) : null}
    </>
  );
}

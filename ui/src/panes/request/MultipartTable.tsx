import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { Select } from "../../components/Select";
import { type RowColumn, RowTable } from "../../components/table/RowTable";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import type { MultipartRow } from "../../ipc";
import { m } from "../../messages";
import { completeMediaType } from "../../request/headers";
import { chooseFile } from "./chooseFile";
import { useRowOffer } from "./useRowOffer";

const w = m.request.bodyPart;

const BLANK: MultipartRow = {
  name: "",
  kind: "text",
  value: "",
  files: [],
  contentType: "",
  description: "",
  enabled: true,
};

interface MultipartTableProps {
  rows: readonly MultipartRow[];
  onChange(rows: MultipartRow[]): void;
  variables: Variables;
}

/** The parts of a multipart form: text or files, each with a content type of its own. */
export function MultipartTable({ rows, onChange, variables }: MultipartTableProps) {
  const offer = useRowOffer({
    rowAt: (at: number) => rows[at],
    alone: (row) => ({ body: { type: "multipart", rows: [row] } }),
    onValue: (at, value) => onChange(rows.map((row, n) => (n === at ? { ...row, value } : row))),
  });
  const columns: RowColumn<MultipartRow>[] = [
    {
      title: m.table.name,
      width: "minmax(0, 3fr)",
      cell: ({ row, label, isNew, change }) => (
        <TemplateField
          label={label}
          value={row.name}
          placeholder={isNew ? w.addPart : undefined}
          onChange={(name) => change({ name })}
          variables={variables}
          off={!row.enabled}
        />
      ),
    },
    {
      title: w.kind,
      width: "76px",
      cell: ({ row, label, change }) => (
        <Select
          label={label}
          options={[
            { id: "text", title: w.kinds.text },
            { id: "file", title: w.kinds.file },
          ]}
          selected={row.kind}
          onSelect={(kind) => change({ kind })}
        />
      ),
    },
    {
      title: m.table.value,
      width: "minmax(0, 4fr)",
      cell: ({ row, label, index, change }) =>
        row.kind === "text" ? (
          <TemplateField
            label={label}
            value={row.value}
            onChange={(value) => change({ value })}
            variables={variables}
            off={!row.enabled}
          />
        ) : (
          <PartFiles
            label={label}
            place={m.table.cell(w.files, index + 1)}
            files={row.files}
            onChange={(files) => change({ files })}
          />
        ),
    },
    {
      title: w.contentType,
      width: "minmax(0, 2fr)",
      cell: ({ row, label, change }) => (
        <TemplateField
          label={label}
          value={row.contentType}
          placeholder={w.automatic}
          onChange={(contentType) => change({ contentType })}
          variables={variables}
          off={!row.enabled}
          complete={completeMediaType}
        />
      ),
    },
  ];
  return (
    <div className="req-table">
      <RowTable
        label={w.multipartTable}
        rows={rows}
        columns={columns}
        blank={BLANK}
        onChange={onChange}
        onLeave={offer.onLeave}
        note={offer.note}
      />
    </div>
  );
}

interface PartFilesProps {
  label: string;
  place: string;
  files: readonly string[];
  onChange(files: string[]): void;
}

function PartFiles({ label, place, files, onChange }: PartFilesProps) {
  const add = async () => {
    const path = await chooseFile();
    if (path !== null) onChange([...files, path]);
  };
  return (
    <div role="group" aria-label={label} className="req-files">
      {files.map((path, at) => (
        <span key={`${at} ${path}`} className="req-file" title={path}>
          <span>{path.split(/[\\/]/).at(-1)}</span>
          <IconButton
            label={w.removeFile(path)}
            icon={X}
            small
            onPress={() => onChange(files.filter((_, n) => n !== at))}
          />
        </span>
      ))}
      <Button kind="quiet" small label={w.chooseFor(place)} onPress={() => void add()}>
        {w.choose}
      </Button>
    </div>
  );
}

import { Select } from "../../components/Select";
import { NameCell } from "../../components/table/NameCell";
import { type RowColumn, RowTable } from "../../components/table/RowTable";
import { TemplateField } from "../../components/template/TemplateField";
import type { Capture, CaptureScope, Check, Operator } from "../../ipc";
import { m } from "../../messages";
import { completeExpression } from "../../request/expressions";
import { editDraft } from "../../stores/drafts";
import type { PartProps } from "./part";

const w = m.request.checksPart;

const BLANK_CHECK: Check = { expression: "", operator: "eq", value: "", description: "", enabled: true };
const BLANK_CAPTURE: Capture = {
  expression: "",
  variable: "",
  scope: "runtime",
  description: "",
  enabled: true,
};

const OPERATORS = (Object.keys(w.operators) as Operator[]).map((id) => ({ id, title: w.operators[id] }));
const SCOPES = (Object.keys(w.scopes) as CaptureScope[]).map((id) => ({ id, title: w.scopes[id] }));

/** The `is…` operators compare with nothing. */
const takesValue = (operator: Operator) => !operator.startsWith("is");

function expression<T extends { expression: string; enabled: boolean }>(
  title: string,
  placeholder: string,
): RowColumn<T> {
  return {
    title,
    width: "minmax(0, 3fr)",
    cell: ({ row, label, isNew, change }) => (
      <NameCell
        label={label}
        value={row.expression}
        placeholder={isNew ? placeholder : undefined}
        readOnly={false}
        onChange={(typed) => change({ expression: typed } as Partial<T>)}
        onPaste={() => undefined}
        complete={completeExpression}
      />
    ),
  };
}

/** What is looked at in the answer, and what is taken from it. */
export function ChecksPart({ tab, request, variables }: PartProps) {
  const checks: RowColumn<Check>[] = [
    expression(w.expression, w.addCheck),
    {
      title: w.operator,
      width: "minmax(0, 2fr)",
      cell: ({ row, label, change }) => (
        <Select
          label={label}
          options={OPERATORS}
          selected={row.operator}
          onSelect={(operator) => change({ operator })}
        />
      ),
    },
    {
      title: w.value,
      width: "minmax(0, 3fr)",
      cell: ({ row, label, change }) =>
        takesValue(row.operator) ? (
          <TemplateField
            label={label}
            value={row.value}
            onChange={(value) => change({ value })}
            variables={variables}
            off={!row.enabled}
          />
        ) : null,
    },
  ];
  const captures: RowColumn<Capture>[] = [
    expression(w.take, w.addCapture),
    {
      title: w.variable,
      width: "minmax(0, 2fr)",
      cell: ({ row, label, change }) => (
        <NameCell
          label={label}
          value={row.variable}
          placeholder={undefined}
          readOnly={false}
          onChange={(variable) => change({ variable })}
          onPaste={() => undefined}
          complete={(typed) => variables.complete(typed).map((v) => ({ text: v.name, detail: v.origin }))}
        />
      ),
    },
    {
      title: w.scope,
      width: "minmax(0, 3fr)",
      cell: ({ row, label, change }) => (
        <Select label={label} options={SCOPES} selected={row.scope} onSelect={(scope) => change({ scope })} />
      ),
    },
  ];
  return (
    <div className="req">
      <div className="req-table">
        <div className="req-head">
          <h3 className="req-title">{w.checks}</h3>
          <span className="req-hint">{w.checksHint}</span>
        </div>
        <RowTable
          label={w.checks}
          rows={request.checks}
          columns={checks}
          blank={BLANK_CHECK}
          onChange={(rows) => editDraft(tab, { checks: rows })}
        />
      </div>
      <div className="req-table">
        <div className="req-head">
          <h3 className="req-title">{w.captures}</h3>
          <span className="req-hint">{w.capturesHint}</span>
        </div>
        <RowTable
          label={w.captures}
          rows={request.captures}
          columns={captures}
          blank={BLANK_CAPTURE}
          onChange={(rows) => editDraft(tab, { captures: rows })}
        />
      </div>
    </div>
  );
}

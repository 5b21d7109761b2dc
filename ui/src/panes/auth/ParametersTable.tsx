import { Select } from "../../components/Select";
import { type RowColumn, RowTable } from "../../components/table/RowTable";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import type { AdditionalParameter, ParameterPlace } from "../../ipc";
import { m } from "../../messages";

const words = m.auth.parameter;
const PLACES: readonly ParameterPlace[] = ["body", "query", "header"];
/** Without a switch of its own; a table of rows allows for one. */
type Row = AdditionalParameter & { enabled?: boolean };
const BLANK: Row = { name: "", value: "", placement: "body" };

interface ParametersTableProps {
  label: string;
  rows: readonly AdditionalParameter[];
  onChange(rows: AdditionalParameter[]): void;
  variables: Variables;
}

/** Further parameters of a step of a flow. */
export function ParametersTable({ label, rows, onChange, variables }: ParametersTableProps) {
  const text = (key: "name" | "value", placeholder?: string): RowColumn<Row> => ({
    title: words[key],
    width: "minmax(0, 3fr)",
    cell: ({ row, label: cell, isNew, change }) => (
      <TemplateField
        label={`${label}: ${cell}`}
        value={row[key]}
        placeholder={isNew ? placeholder : undefined}
        onChange={(value) => change({ [key]: value })}
        variables={variables}
      />
    ),
  });
  return (
    <RowTable<Row>
      always
      label={label}
      rows={rows}
      blank={BLANK}
      onChange={onChange}
      columns={[
        text("name", words.add),
        text("value"),
        {
          title: words.placement,
          width: "minmax(90px, 2fr)",
          cell: ({ row, label: cell, change }) => (
            <Select
              label={`${label}: ${cell}`}
              options={PLACES.map((id) => ({ id, title: m.auth.options[id] }))}
              selected={row.placement}
              onSelect={(placement) => change({ placement })}
            />
          ),
        },
      ]}
    />
  );
}

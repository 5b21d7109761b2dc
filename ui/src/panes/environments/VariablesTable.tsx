import { useState } from "react";
import { Checkbox } from "../../components/Checkbox";
import { Confirm } from "../../components/Confirm";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { fromText, newRow } from "../../components/table/rows";
import "../../components/table/KeyValueTable.css";
import { m } from "../../messages";
import { changeEnvironment, type EditedEnvironment, type VariableRow } from "../../stores/environments";
import { stateOf } from "../../stores/renames";
import { isSessionOnly, makePlain, makeSecret } from "../../stores/secrets";
import { SecretCell } from "./SecretCell";

const blankRow = (): VariableRow => ({ ...newRow(), secret: false, type: "string", source: null });

/** The variables of an environment, each with its switch between an ordinary value and a secret. */
export function VariablesTable({ environment, edited }: { environment: string; edited: EditedEnvironment }) {
  const [blank, setBlank] = useState(blankRow);
  const [asking, setAsking] = useState<{ row: VariableRow; about: "plain" | "session" } | null>(null);
  const { rows, secrets } = edited;
  const put = (next: VariableRow[]) => changeEnvironment(environment, { rows: next });
  const change = (row: VariableRow, part: Partial<VariableRow>) => {
    if (row.id !== blank.id)
      return put(rows.map((each) => (each.id === row.id ? { ...each, ...part } : each)));
    put([...rows, { ...blank, ...part }]);
    setBlank(blankRow());
  };
  const toggle = (row: VariableRow, secret: boolean) => {
    if (row.id === blank.id) return change(row, { secret });
    if (!secret) {
      if (stateOf(row, secrets) === "missing") return change(row, { secret });
      return setAsking({ row, about: "plain" });
    }
    if (row.value !== "" && isSessionOnly()) return setAsking({ row, about: "session" });
    void makeSecret(environment, row);
  };
  const paste = (row: VariableRow, text: string) => {
    const added = fromText(text).map((each) => ({
      ...each,
      secret: false,
      type: "string" as const,
      source: null,
    }));
    const at = rows.findIndex((each) => each.id === row.id);
    const kept = rows.filter((each) => each.id !== row.id || each.name !== "" || each.value !== "");
    const cut = at < 0 ? kept.length : Math.min(at + 1, kept.length);
    put([...kept.slice(0, cut), ...added, ...kept.slice(cut)]);
  };
  return (
    <div className="kv variables">
      <div role="table" aria-label={m.environments.variables}>
        <div role="row" className="kv-row kv-head">
          <div role="columnheader" className="kv-cell">
            <span className="visually-hidden">{m.table.enabled}</span>
          </div>
          {[m.table.name, m.table.value, m.table.description, m.environments.secret].map((title) => (
            <div key={title} role="columnheader" className="kv-cell">
              {title}
            </div>
          ))}
          <div role="none" className="kv-cell" />
        </div>
        {[...rows, blank].map((row, at) => (
          <Line
            key={row.id}
            row={row}
            at={at}
            isNew={row.id === blank.id}
            environment={environment}
            edited={edited}
            onChange={(part) => change(row, part)}
            onToggle={(secret) => toggle(row, secret)}
            onDelete={() => put(rows.filter((each) => each.id !== row.id))}
            onPaste={(text) => paste(row, text)}
          />
        ))}
      </div>
      {asking ? (
        <Confirm
          title={
            asking.about === "plain"
              ? m.environments.plainTitle(asking.row.name)
              : m.environments.sessionTitle
          }
          text={asking.about === "plain" ? m.environments.plainText : m.environments.sessionText}
          yes={asking.about === "plain" ? m.environments.plain : m.environments.session}
          danger={asking.about === "plain"}
          onYes={() => void (asking.about === "plain" ? makePlain : makeSecret)(environment, asking.row)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  );
}

interface LineProps {
  row: VariableRow;
  at: number;
  isNew: boolean;
  environment: string;
  edited: EditedEnvironment;
  onChange(part: Partial<VariableRow>): void;
  onToggle(secret: boolean): void;
  onDelete(): void;
  onPaste(text: string): void;
}

function Line({ row, at, isNew, environment, edited, onChange, onToggle, onDelete, onPaste }: LineProps) {
  const label = (column: string) => m.table.cell(column, at + 1);
  const state = stateOf(row, edited.secrets);
  const isHeld = row.secret && (state === "stored" || state === "sessionOnly");
  // Until the file names it, the core could not tell that a new name means the same secret.
  const isFixed = isHeld && row.heldAs === undefined;
  return (
    <div
      role="row"
      className="kv-row"
      data-off={!row.enabled || undefined}
      onPaste={(event) => {
        const text = event.clipboardData.getData("text/plain");
        if (!/[\r\n]\s*\S/.test(text)) return;
        event.preventDefault();
        onPaste(text);
      }}
    >
      <div role="cell" className="kv-cell">
        {isNew ? null : (
          <Checkbox
            label={label(m.table.enabled)}
            checked={row.enabled}
            onChange={(enabled) => onChange({ enabled })}
          />
        )}
      </div>
      <div role="cell" className="kv-cell">
        <input
          className="mono kv-name"
          aria-label={label(m.table.name)}
          value={row.name}
          placeholder={isNew ? m.environments.addVariable : undefined}
          readOnly={isFixed}
          title={isFixed ? m.environments.renameSecret : undefined}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </div>
      <div role="cell" className="kv-cell">
        {row.secret ? (
          <SecretCell
            environment={environment}
            name={row.name}
            heldAs={row.heldAs ?? row.name}
            state={state}
            source={row.source}
            onSource={(source) => onChange({ source })}
          />
        ) : (
          <input
            className="mono"
            aria-label={label(m.table.value)}
            value={row.value}
            spellCheck={false}
            onChange={(event) => onChange({ value: event.currentTarget.value })}
          />
        )}
      </div>
      <div role="cell" className="kv-cell">
        <input
          className="kv-description"
          aria-label={label(m.table.description)}
          value={row.description}
          onChange={(event) => onChange({ description: event.currentTarget.value })}
        />
      </div>
      <div role="cell" className="kv-cell variables-secret">
        {isNew ? null : (
          <Checkbox label={m.environments.secretOf(row.name)} checked={row.secret} onChange={onToggle} />
        )}
      </div>
      <div role="cell" className="kv-cell">
        {isNew ? null : (
          <span className="kv-delete">
            <IconButton small label={m.table.deleteRow(row.name)} icon={X} onPress={onDelete} />
          </span>
        )}
      </div>
    </div>
  );
}

import { Checkbox } from "../../components/Checkbox";
import { MethodTag } from "../../components/MethodTag";
import { VirtualList } from "../../components/VirtualList";
import type { ApiChange, ApiDifference } from "../../ipc";
import { m } from "../../messages";
import { GROUPS, type Group } from "./useDifference";

const words = m.describing;

type Line = { group: Group } | { group: Group; change: ApiChange };

interface DifferencesProps {
  difference: ApiDifference;
  chosen: ReadonlySet<number>;
  onChoose(changes: readonly ApiChange[], on: boolean): void;
}

/** Added, changed and gone operations, each with a box. */
export function Differences({ difference, chosen, onChoose }: DifferencesProps) {
  const lines: Line[] = GROUPS.flatMap((group) =>
    difference[group].length === 0
      ? []
      : [{ group }, ...difference[group].map((change) => ({ group, change }))],
  );
  return (
    <div className="difference-list">
      <VirtualList
        label={words.list}
        role="list"
        count={lines.length}
        height={34}
        render={(at) => {
          const line = lines[at];
          if (!line) return null;
          if (!("change" in line))
            return (
              <GroupLine
                group={line.group}
                changes={difference[line.group]}
                chosen={chosen}
                onChoose={onChoose}
              />
            );
          const { change, group } = line;
          const { id, name, method, path, what, edited } = change;
          return (
            <div className="difference-line" data-group={group}>
              <Checkbox
                label={words.take(method, name)}
                checked={chosen.has(id)}
                onChange={(on) => onChoose([change], on)}
              />
              <MethodTag method={method} />
              <div className="difference-text" data-selectable>
                <p className="difference-name">
                  <span>{name}</span>
                  {edited ? (
                    <small className="difference-edited" title={words.editedHint}>
                      {words.edited}
                    </small>
                  ) : null}
                  {path ? (
                    <small className="difference-path mono" title={path}>
                      {path}
                    </small>
                  ) : null}
                </p>
                {what.map((each) => (
                  <p key={each} className="difference-what">
                    {each}
                  </p>
                ))}
              </div>
            </div>
          );
        }}
      />
    </div>
  );
}

function GroupLine(props: {
  group: Group;
  changes: readonly ApiChange[];
  chosen: ReadonlySet<number>;
  onChoose(changes: readonly ApiChange[], on: boolean): void;
}) {
  const { group, changes, chosen, onChoose } = props;
  const on = changes.filter(({ id }) => chosen.has(id)).length;
  return (
    <div className="difference-group">
      <Checkbox
        label={words.all(words.groups[group])}
        checked={on === changes.length}
        mixed={on > 0 && on < changes.length}
        onChange={(all) => onChoose(changes, all)}
      />
      <h3 className="difference-part">{words.groups[group]}</h3>
      <span className="difference-count">{changes.length.toLocaleString("en")}</span>
      <small>{words.hints[group]}</small>
    </div>
  );
}

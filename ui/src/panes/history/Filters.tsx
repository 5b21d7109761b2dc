import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { IconButton } from "../../components/IconButton";
import { Funnel } from "../../components/icons";
import { Popover } from "../../components/Popover";
import { ComboBox, Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import { m } from "../../messages";
import { changeFilter, type HistoryFilter, NO_FILTER, type Span, useHistory } from "../../stores/history";
import { useWorkspace } from "../../stores/workspace";

const CLASSES = ["2xx", "3xx", "4xx", "5xx"];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const SPANS = Object.keys(m.history.spans) as Span[];

/** How many filters beside the words are on. */
export function filtersOn(filter: HistoryFilter): number {
  const { status, method, host, environment, span, failed } = filter;
  return [status.length > 0, method, host, environment, span !== "any", failed].filter(Boolean).length;
}

/** Everything history can be narrowed by, under one button. */
export function Filters() {
  const filter = useHistory((s) => s.filter);
  const environments = useWorkspace((s) => s.workspace?.environments) ?? [];
  const words = m.history;
  const on = filtersOn(filter);
  const codes = filter.status.filter((each) => !CLASSES.includes(each));
  const toggle = (code: string) =>
    changeFilter({
      status: filter.status.includes(code)
        ? filter.status.filter((each) => each !== code)
        : [...filter.status, code],
    });
  return (
    <Popover
      label={words.filters}
      trigger={
        <span className="history-filter" data-on={on > 0 || undefined}>
          <IconButton label={on > 0 ? words.filtersOn(on) : words.filters} icon={Funnel} />
        </span>
      }
    >
      <div className="history-filters">
        <span>{words.status}</span>
        <div className="history-classes">
          {CLASSES.map((code) => (
            <Checkbox
              key={code}
              label={code}
              labelled
              checked={filter.status.includes(code)}
              onChange={() => toggle(code)}
            />
          ))}
        </div>
        <span />
        <TextField
          label={words.code}
          placeholder={words.code}
          value={codes.join(" ")}
          onChange={(typed) => {
            const kept = filter.status.filter((each) => CLASSES.includes(each));
            changeFilter({ status: [...kept, ...typed.split(/\D+/).filter(Boolean)] });
          }}
        />
        <span>{words.method}</span>
        <ComboBox
          label={words.method}
          options={METHODS.map((id) => ({ id, title: id }))}
          value={filter.method}
          onChange={(method) => method !== filter.method && changeFilter({ method: method.toUpperCase() })}
          mono
        />
        <span>{words.host}</span>
        <TextField label={words.host} value={filter.host} onChange={(host) => changeFilter({ host })} mono />
        <span>{words.environment}</span>
        <Select
          label={words.environment}
          options={[
            { id: "", title: words.any },
            ...environments.map(({ name }) => ({ id: name, title: name })),
          ]}
          selected={filter.environment}
          onSelect={(environment) => changeFilter({ environment })}
        />
        <span>{words.span}</span>
        <Select<Span>
          label={words.span}
          options={SPANS.map((id) => ({ id, title: words.spans[id] }))}
          selected={filter.span}
          onSelect={(span) => changeFilter({ span })}
        />
        <span />
        <Checkbox
          label={words.failed}
          labelled
          checked={filter.failed}
          onChange={(failed) => changeFilter({ failed })}
        />
        <span />
        <Button disabled={on === 0} onPress={() => changeFilter({ ...NO_FILTER, words: filter.words })}>
          {words.clearFilters}
        </Button>
      </div>
    </Popover>
  );
}

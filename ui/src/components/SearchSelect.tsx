import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { ChevronDown } from "./icons";
import "./SearchSelect.css";
import "./Select.css";

export interface SearchOption<K extends string> {
  id: K;
  title: string;
  /** Found by these as well; not shown. */
  words?: string;
}

export interface SearchSelectProps<K extends string> {
  label: string;
  groups: readonly { title: string; options: readonly SearchOption<K>[] }[];
  selected: K;
  onSelect(id: K): void;
  /** Name of the field that narrows the list. */
  search: string;
  /** Said when nothing is called what was typed. */
  nothing(typed: string): string;
}

/** One of a long list: a button that opens it in groups, with a field that narrows it. */
export function SearchSelect<K extends string>(props: SearchSelectProps<K>) {
  const { label, groups, selected } = props;
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const shown = groups.flatMap((group) => group.options).find((option) => option.id === selected);
  return (
    <>
      <Button
        ref={trigger}
        className="select search-select"
        aria-label={`${label}: ${shown?.title ?? ""}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      >
        <span className="select-value">{shown?.title}</span>
        <ChevronDown size={12} aria-hidden />
      </Button>
      <Popover
        className="popover search-popover"
        triggerRef={trigger}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom start"
        offset={4}
      >
        <Dialog className="search-box" aria-label={label}>
          <List {...props} onClose={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </>
  );
}

function List<K extends string>(props: SearchSelectProps<K> & { onClose(): void }) {
  const { groups, selected, onSelect, onClose } = props;
  const base = useId();
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = groups
    .map(({ title, options }) => ({
      title,
      options: options.filter((each) => `${each.title} ${each.words ?? ""}`.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.options.length > 0);
  const flat = found.flatMap((group) => group.options);
  const [chosen, setChosen] = useState<K>(selected);
  const index = Math.max(
    0,
    flat.findIndex((each) => each.id === chosen),
  );
  const pick = (id: K | undefined) => {
    onClose();
    if (id !== undefined && id !== selected) onSelect(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: (index + 1) % flat.length,
      ArrowUp: (index + flat.length - 1) % flat.length,
      Home: 0,
      End: flat.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : flat[to];
    if (next) setChosen(next.id);
    else if (event.key === "Enter") pick(flat[index]?.id);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className="search-field"
        role="combobox"
        aria-label={props.search}
        aria-expanded
        aria-controls={base}
        aria-activedescendant={flat.length > 0 ? `${base}-${flat[index]?.id}` : undefined}
        aria-autocomplete="list"
        placeholder={props.search}
        value={typed}
        autoFocus
        spellCheck={false}
        autoComplete="off"
        onKeyDown={onKeyDown}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="listbox" id={base} aria-label={props.label} className="search-list">
        {found.map((group) => (
          <div key={group.title} role="group" aria-label={group.title || undefined}>
            {group.title ? (
              <p className="search-group" aria-hidden>
                {group.title}
              </p>
            ) : null}
            {group.options.map((option) => (
              <div
                key={option.id}
                id={`${base}-${option.id}`}
                role="option"
                aria-selected={option.id === flat[index]?.id}
                className="menu-item"
                data-focused={option.id === flat[index]?.id || undefined}
                ref={
                  option.id === flat[index]?.id ? (line) => line?.scrollIntoView({ block: "nearest" }) : null
                }
                onClick={() => pick(option.id)}
              >
                <span className="menu-title">{option.title}</span>
                {option.id === selected ? <span aria-hidden>✓</span> : null}
              </div>
            ))}
          </div>
        ))}
        {flat.length === 0 ? <p className="search-group">{props.nothing(typed.trim())}</p> : null}
      </div>
    </>
  );
}

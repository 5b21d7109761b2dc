import { type ReactNode, useState } from "react";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { TextField } from "../../components/TextField";

interface PathListProps {
  title: string;
  /** What an empty list means. */
  none: string;
  list: readonly string[];
  removeLabel(item: string): string;
  onRemove(item: string): void;
  /** Name of the field that adds. */
  addLabel: string;
  add: string;
  onAdd(item: string): void;
  children?: ReactNode;
}

/** Hosts or files, with a way to take each off and to add one. */
export function PathList(props: PathListProps) {
  const [typed, setTyped] = useState("");
  const add = () => {
    if (typed.trim() === "") return;
    props.onAdd(typed.trim());
    setTyped("");
  };
  return (
    <section className="setting-part" aria-label={props.title}>
      <h3 className="setting-head">{props.title}</h3>
      {props.list.length === 0 ? <p className="form-hint">{props.none}</p> : null}
      <ul className="setting-list">
        {props.list.map((item) => (
          <li key={item}>
            <span className="mono" data-selectable>
              {item}
            </span>
            <IconButton small label={props.removeLabel(item)} icon={X} onPress={() => props.onRemove(item)} />
          </li>
        ))}
      </ul>
      <div className="form-row">
        <TextField
          mono
          label={props.addLabel}
          placeholder={props.addLabel}
          value={typed}
          onChange={setTyped}
          onEnter={add}
        />
        <Button disabled={typed.trim() === ""} onPress={add}>
          {props.add}
        </Button>
        {props.children}
      </div>
    </section>
  );
}

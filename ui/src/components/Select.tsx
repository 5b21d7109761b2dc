import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox, Input } from "react-aria-components/ComboBox";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { ChevronDown } from "./icons";
import "./Select.css";

export interface Option<K extends string> {
  id: K;
  title: string;
}

export interface SelectProps<K extends string> {
  label: string;
  options: readonly Option<K>[];
  selected: K;
  onSelect(id: K): void;
}

function Options<K extends string>({ options }: { options: readonly Option<K>[] }) {
  return (
    <Popover className="popover" offset={4}>
      <ListBox className="menu" items={options}>
        {(option) => (
          <ListBoxItem id={option.id} textValue={option.title} className="menu-item">
            {option.title}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

/** One of a list. */
export function Select<K extends string>({ label, options, selected, onSelect }: SelectProps<K>) {
  return (
    <AriaSelect aria-label={label} value={selected} onChange={(key) => onSelect(key as K)}>
      <Button className="select">
        <SelectValue className="select-value" />
        <ChevronDown size={12} aria-hidden />
      </Button>
      <Options options={options} />
    </AriaSelect>
  );
}

export interface ComboBoxProps<K extends string> {
  label: string;
  options: readonly Option<K>[];
  /** Free text is allowed; picking an option puts its title here. */
  value: string;
  onChange(value: string): void;
  mono?: boolean;
}

/** A text field with a list to pick from; anything else may be typed. */
export function ComboBox<K extends string>({ label, options, value, onChange, mono }: ComboBoxProps<K>) {
  return (
    <AriaComboBox
      aria-label={label}
      allowsCustomValue
      menuTrigger="focus"
      inputValue={value}
      onInputChange={onChange}
    >
      <div className="combo">
        <Input className={mono ? "combo-input mono" : "combo-input"} spellCheck={false} />
        <Button className="combo-button">
          <ChevronDown size={12} aria-hidden />
        </Button>
      </div>
      <Options options={options} />
    </AriaComboBox>
  );
}

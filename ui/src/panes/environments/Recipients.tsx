import { useState } from "react";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { TextField } from "../../components/TextField";
import type { RecipientView } from "../../ipc";
import { m } from "../../messages";

const words = m.sharing;

interface RecipientsProps {
  /** This person's own key. */
  mine: string | null;
  list: readonly RecipientView[];
  onSave(list: RecipientView[]): void;
}

/** Who may open what is sealed. */
export function Recipients({ mine, list, onSave }: RecipientsProps) {
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [removed, setRemoved] = useState(false);
  const wanted = key.trim();
  const problem =
    wanted !== "" && !wanted.startsWith("age1")
      ? words.badKey
      : list.some((each) => each.publicKey === wanted)
        ? words.known
        : null;
  const isReady = name.trim() !== "" && wanted !== "" && problem === null;
  const add = () => {
    if (!isReady) return;
    onSave([...list, { name: name.trim(), publicKey: wanted }]);
    setName("");
    setKey("");
  };
  const isIn = mine === null || list.some((each) => each.publicKey === mine);
  return (
    <section className="sharing-part" aria-label={words.recipients}>
      <h3>{words.recipients}</h3>
      {list.length === 0 ? <p className="form-hint">{words.noRecipients}</p> : null}
      {/* biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit */}
      <ul role="list" aria-label={words.recipients} className="sharing-list">
        {list.map((each) => (
          <li key={each.publicKey}>
            <span className="sharing-name">
              {each.name}
              {each.publicKey === mine ? <small> {words.me}</small> : null}
            </span>
            <code className="mono" data-selectable title={each.publicKey}>
              {each.publicKey}
            </code>
            <IconButton
              small
              label={words.remove(each.name)}
              icon={X}
              onPress={() => {
                setRemoved(true);
                onSave(list.filter((other) => other !== each));
              }}
            />
          </li>
        ))}
      </ul>
      {removed ? <p className="form-hint">{words.removedHint}</p> : null}
      <div className="sharing-add">
        <TextField
          label={words.name}
          placeholder={words.name}
          value={name}
          onChange={setName}
          onEnter={add}
        />
        <TextField
          mono
          label={words.key}
          placeholder={words.keyHint}
          value={key}
          error={problem}
          onChange={setKey}
          onEnter={add}
        />
        <Button disabled={!isReady} onPress={add}>
          {words.add}
        </Button>
        {isIn ? null : (
          <Button onPress={() => mine && setKey(mine)} disabled={wanted === mine}>
            {words.addMe}
          </Button>
        )}
      </div>
    </section>
  );
}

import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { Kbd, keyWords } from "../../components/Kbd";
import { type CommandId, combination, commandFor, DEFAULT_KEYS, keysOf } from "../../keys";
import { m } from "../../messages";
import { useSettings } from "../../stores/settings";
import type { PartProps } from "./SettingsDialog";

const mac = /Mac/.test(navigator.platform);

/** Every command with its keys, and a way to change them. */
export function KeyList({ onChange }: PartProps) {
  const own = useSettings((s) => s.keys);
  const [asking, setAsking] = useState<CommandId | null>(null);
  const [taken, setTaken] = useState<{ keys: string; by: CommandId; wanted: CommandId } | null>(null);
  useEffect(() => {
    if (!asking) return;
    const onKey = (event: KeyboardEvent) => {
      const pressed = combination(event, mac);
      event.preventDefault();
      event.stopPropagation();
      if (pressed === "") return;
      setAsking(null);
      if (pressed === "Escape") return;
      const keys = mac ? pressed : pressed.replace(/^Mod\+(?=(Shift\+)?Tab$)/, "Ctrl+");
      const by = commandFor(pressed, own, mac);
      if (by && by !== asking) setTaken({ keys, by, wanted: asking });
      else onChange({ keys: { ...own, [asking]: keys } });
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [asking, own, onChange]);
  const reset = (id: CommandId) => {
    const { [id]: _, ...keys } = own;
    onChange({ keys });
  };
  const takeOver = () => {
    if (!taken) return;
    const left = keysOf(taken.by, own).filter((keys) => keys !== taken.keys);
    onChange({ keys: { ...own, [taken.by]: left.join(" "), [taken.wanted]: taken.keys } });
    setTaken(null);
  };
  return (
    <div>
      {(Object.keys(DEFAULT_KEYS) as CommandId[]).map((id) => (
        <div key={id}>
          <div className="key-line">
            <span>{m.commands[id]}</span>
            {id in own ? (
              <Button kind="quiet" label={m.settings.resetOf(m.commands[id])} onPress={() => reset(id)}>
                {m.settings.reset}
              </Button>
            ) : null}
            <Button
              kind="quiet"
              label={m.settings.change(m.commands[id])}
              onPress={() => {
                setTaken(null);
                setAsking(id);
              }}
            >
              <Keys asking={asking === id} keys={keysOf(id, own)} />
            </Button>
          </div>
          {taken?.wanted === id ? (
            <ErrorNote tone="warn" message={m.settings.taken(keyWords(taken.keys), m.commands[taken.by])}>
              <Button onPress={takeOver}>{m.settings.takeOver}</Button>
              <Button onPress={() => setTaken(null)}>{m.common.cancel}</Button>
            </ErrorNote>
          ) : null}
        </div>
      ))}
    </div>
  );
}

function Keys({ asking, keys }: { asking: boolean; keys: readonly string[] }) {
  if (asking) return m.settings.press;
  if (keys.length === 0) return m.settings.noKeys;
  return keys.map((each) => <Kbd key={each} keys={each} />);
}

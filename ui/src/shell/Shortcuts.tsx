import { useEffect, useState } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Kbd } from "../components/Kbd";
import { type CommandId, combination, DEFAULT_KEYS, keysOf } from "../keys";
import { m } from "../messages";
import { changeSettings, useSettings } from "../stores/settings";

/** Every command with its keys, and a way to change them. */
export default function Shortcuts({ onClose }: { onClose(): void }) {
  const own = useSettings((s) => s.keys);
  const [asking, setAsking] = useState<CommandId | null>(null);
  useEffect(() => {
    if (!asking) return;
    const onKey = (event: KeyboardEvent) => {
      const keys = combination(event, /Mac/.test(navigator.platform));
      event.preventDefault();
      event.stopPropagation();
      if (keys === "") return;
      setAsking(null);
      if (keys !== "Escape") void changeSettings({ keys: { ...own, [asking]: keys } }).catch(() => undefined);
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [asking, own]);
  const reset = (id: CommandId) => {
    const keys = Object.fromEntries(Object.entries(own).filter(([each]) => each !== id));
    void changeSettings({ keys }).catch(() => undefined);
  };
  return (
    <Dialog title={m.shortcuts.title} open onClose={onClose}>
      {(Object.keys(DEFAULT_KEYS) as CommandId[]).map((id) => (
        <div key={id} className="shortcut-line">
          <span>{m.commands[id]}</span>
          {id in own ? (
            <Button kind="quiet" onPress={() => reset(id)}>
              {m.shortcuts.reset}
            </Button>
          ) : null}
          <Button kind="quiet" label={m.shortcuts.change(m.commands[id])} onPress={() => setAsking(id)}>
            {asking === id
              ? m.shortcuts.press
              : keysOf(id, own).map((keys) => <Kbd key={keys} keys={keys} />)}
          </Button>
        </div>
      ))}
    </Dialog>
  );
}

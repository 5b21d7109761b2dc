import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Kbd, keyWords } from "../components/Kbd";
import { type CommandId, DEFAULT_KEYS, keysOf } from "../keys";
import { m } from "../messages";
import { useLayout } from "../stores/layout";
import { useSettings } from "../stores/settings";

/** Every command with its keys. */
export default function Shortcuts({ onClose }: { onClose(): void }) {
  const own = useSettings((s) => s.keys);
  return (
    <Dialog
      title={m.shortcuts.title}
      open
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => useLayout.setState({ overlay: "keys" })}>{m.palette.shortcutsHint}</Button>
          <Button onPress={onClose}>{m.common.close}</Button>
        </>
      }
    >
      <ul className="shortcuts">
        {(Object.keys(DEFAULT_KEYS) as CommandId[]).map((id) => (
          <li key={id} className="shortcut-line">
            <span>{m.commands[id]}</span>
            {keysOf(id, own).map((keys) => (
              <span key={keys}>
                <Kbd keys={keys} />
                <span className="visually-hidden">{keyWords(keys)}</span>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

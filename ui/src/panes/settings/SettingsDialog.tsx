import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { asCommandError, type CommandError, type Settings } from "../../ipc";
import { m } from "../../messages";
import { changeSettings } from "../../stores/settings";
import { KeyList } from "./KeyList";
import { Appearance, History, Proxies, Security, Sending } from "./parts";
import "./settings.css";

const PARTS = {
  appearance: Appearance,
  sending: Sending,
  security: Security,
  proxy: Proxies,
  history: History,
  keys: KeyList,
};
type Part = keyof typeof PARTS;

/** What a part of the settings is given. */
export interface PartProps {
  /** Applies and saves at once; what fails is told at the top. */
  onChange(part: Partial<Settings>): void;
}

/** The settings of the app. Every change is applied and saved at once. */
export default function SettingsDialog({ onClose, first = "appearance" }: { onClose(): void; first?: Part }) {
  const [part, setPart] = useState<Part>(first);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const change = (changed: Partial<Settings>) => {
    setFailed(null);
    changeSettings(changed).catch((thrown) => setFailed(asCommandError(thrown)));
  };
  const Shown = PARTS[part];
  return (
    <Dialog
      title={m.settings.title}
      open
      large
      onClose={onClose}
      actions={<Button onPress={onClose}>{m.common.close}</Button>}
    >
      <div className="dialog-pair settings">
        <nav className="dialog-side" aria-label={m.settings.sections}>
          <div className="dialog-list">
            {(Object.keys(PARTS) as Part[]).map((id) => (
              <button
                key={id}
                type="button"
                className="dialog-line"
                aria-current={id === part}
                onClick={() => setPart(id)}
              >
                <span>{m.settings[id]}</span>
              </button>
            ))}
          </div>
        </nav>
        <div className="dialog-main">
          <div className="form">
            {failed ? (
              <ErrorNote message={`${m.settings.failed} ${failed.message}`} hint={failed.hint} />
            ) : null}
            <Shown onChange={change} />
          </div>
        </div>
      </div>
    </Dialog>
  );
}

import { useState } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { Form, LabelledSelect } from "../../components/Form";
import { TextField } from "../../components/TextField";
import type { CookieView } from "../../ipc";
import { m } from "../../messages";
import { problemsOf } from "./jar";

/** React Aria keeps the empty string for "nothing chosen". */
const UNSET = "unset";
const SAME_SITE = [UNSET, "Strict", "Lax", "None"] as const;

interface CookieFormProps {
  cookie: CookieView;
  isNew: boolean;
  onSave(cookie: CookieView): void;
  onDelete(): void;
}

/** All attributes of one cookie. */
export function CookieForm({ cookie, isNew, onSave, onDelete }: CookieFormProps) {
  const [edited, setEdited] = useState(cookie);
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<CookieView>) => setEdited({ ...edited, ...part });
  const problems = isTried ? problemsOf(edited) : {};
  const save = () => {
    setTried(true);
    if (Object.keys(problemsOf(edited)).length === 0)
      onSave({ ...edited, domain: edited.domain.trim().replace(/^\./, ""), path: edited.path || "/" });
  };
  const words = m.cookies;
  return (
    <section aria-label={words.form}>
      <Form>
        <TextField
          labelled
          mono
          autoFocus={isNew}
          label={words.name}
          value={edited.name}
          error={problems.name ?? null}
          onChange={(name) => change({ name })}
          onEnter={save}
        />
        <TextField
          labelled
          mono
          label={words.value}
          value={edited.value}
          onChange={(value) => change({ value })}
          onEnter={save}
        />
        <div className="cookie-pair">
          <TextField
            labelled
            mono
            label={words.domain}
            value={edited.domain}
            error={problems.domain ?? null}
            onChange={(domain) => change({ domain })}
          />
          <TextField
            labelled
            mono
            label={words.path}
            value={edited.path}
            onChange={(path) => change({ path })}
          />
        </div>
        <div className="cookie-pair">
          <TextField
            labelled
            mono
            label={words.expires}
            placeholder={words.expiresHint}
            value={edited.expires ?? ""}
            error={problems.expires ?? null}
            onChange={(expires) => change({ expires: expires.trim() === "" ? null : expires })}
          />
          <LabelledSelect
            label={words.sameSite}
            options={SAME_SITE.map((id) => ({ id, title: id === UNSET ? words.sameSiteNone : id }))}
            selected={SAME_SITE.find((id) => id === edited.sameSite) ?? UNSET}
            onSelect={(id) => change({ sameSite: id === UNSET ? "" : id })}
          />
        </div>
        <div className="cookie-marks">
          <Checkbox
            labelled
            label={words.secure}
            checked={edited.secure}
            onChange={(secure) => change({ secure })}
          />
          <Checkbox
            labelled
            label={words.httpOnly}
            checked={edited.httpOnly}
            onChange={(httpOnly) => change({ httpOnly })}
          />
          <Checkbox
            labelled
            label={words.hostOnly}
            checked={edited.hostOnly}
            onChange={(hostOnly) => change({ hostOnly })}
          />
        </div>
        <div className="form-row">
          <Button kind="primary" onPress={save}>
            {words.save}
          </Button>
          {isNew ? null : (
            <Button kind="danger" onPress={onDelete}>
              {words.delete}
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}

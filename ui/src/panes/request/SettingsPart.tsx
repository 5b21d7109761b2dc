import { useState } from "react";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { RequestSettings } from "../../ipc";
import { m } from "../../messages";
import { editDraft } from "../../stores/drafts";
import { useSettings } from "../../stores/settings";
import { useTabs } from "../../stores/tabs";
import { Field } from "./Field";
import type { PartProps } from "./part";
import { useOuterSettings } from "./useOuterSettings";

const w = m.request.settingsPart;

type Flag = "followRedirects" | "verifyTls" | "useCookies" | "encodeUrl" | "forwardAuthorization";
type Amount = "maxRedirects" | "timeoutMs";

const inWords = (value: boolean) => (value ? w.yes : w.no);
const milliseconds = (value: number) => (value === 0 ? w.noLimit : String(value));

/** How this request is sent where it differs; everything inherits at first, and says what that means. */
export function SettingsPart({ tab, request }: PartProps) {
  const path = useTabs((s) => s.tabs.find((each) => each.id === tab)?.path ?? null);
  const outer = useOuterSettings(path);
  const { sending } = useSettings();
  const { settings } = request;
  const set = (part: Partial<RequestSettings>) => editDraft(tab, { settings: { ...settings, ...part } });
  const inherited = (words: string, origin: string | undefined) =>
    origin === undefined ? w.inherit(words) : w.inheritFrom(words, origin);
  const flag = (name: Flag, fallback: boolean) => (
    <Field label={w[name]}>
      <Select
        label={w[name]}
        options={[
          {
            id: "inherit",
            title: inherited(inWords(outer[name]?.value ?? fallback), outer[name]?.origin),
          },
          { id: "yes", title: w.yes },
          { id: "no", title: w.no },
        ]}
        selected={settings[name] === null ? "inherit" : settings[name] ? "yes" : "no"}
        onSelect={(id) => set({ [name]: id === "inherit" ? null : id === "yes" })}
      />
    </Field>
  );
  const amount = (name: Amount, fallback: number, words: (value: number) => string) => (
    <Field label={w[name]}>
      <NumberOrInherit
        label={w[name]}
        value={settings[name]}
        placeholder={inherited(words(outer[name]?.value ?? fallback), outer[name]?.origin)}
        onChange={(value) => set({ [name]: value })}
      />
    </Field>
  );
  return (
    <div className="req req-form" role="group" aria-label={w.table}>
      {flag("followRedirects", sending.followRedirects)}
      {amount("maxRedirects", sending.maxRedirects, String)}
      {amount("timeoutMs", sending.timeoutMs, milliseconds)}
      {flag("verifyTls", sending.verifyTls)}
      {flag("useCookies", true)}
      <Field label={w.httpVersion}>
        <Select
          label={w.httpVersion}
          options={[
            {
              id: "inherit",
              title: inherited(outer.httpVersion?.value ?? w.negotiated, outer.httpVersion?.origin),
            },
            { id: "1.1", title: "HTTP/1.1" },
            { id: "2", title: "HTTP/2" },
          ]}
          selected={settings.httpVersion ?? "inherit"}
          onSelect={(id) => set({ httpVersion: id === "inherit" ? null : id })}
        />
      </Field>
      {flag("encodeUrl", true)}
      {flag("forwardAuthorization", false)}
      {(settings.forwardAuthorization ?? outer.forwardAuthorization?.value) ? (
        <p className="req-warning" role="note">
          {w.forwardWarning}
        </p>
      ) : null}
    </div>
  );
}

interface NumberOrInheritProps {
  label: string;
  value: number | null;
  placeholder: string;
  onChange(value: number | null): void;
}

/** A whole number, or nothing. What cannot be read stays typed and is not taken over. */
function NumberOrInherit({ label, value, placeholder, onChange }: NumberOrInheritProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? "" : String(value));
  const isBad = text.trim() !== "" && !/^\d{1,9}$/.test(text.trim());
  return (
    <TextField
      label={label}
      value={text}
      placeholder={placeholder}
      error={isBad ? w.notNumber : null}
      onChange={(next) => {
        const trimmed = next.trim();
        const isNumber = /^\d{1,9}$/.test(trimmed);
        setTyped(isNumber || trimmed === "" ? null : next);
        if (trimmed === "") onChange(null);
        else if (isNumber) onChange(Number(trimmed));
      }}
    />
  );
}

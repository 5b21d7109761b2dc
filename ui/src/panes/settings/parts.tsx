import { Button } from "../../components/Button";
import { Switch } from "../../components/Checkbox";
import { LabelledSelect } from "../../components/Form";
import type { HistorySettings, Layout, ProxySettings, SendingSettings, Theme } from "../../ipc";
import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { useSettings } from "../../stores/settings";
import { NumberField, TextSetting } from "./fields";
import { PathList } from "./PathList";
import type { PartProps } from "./SettingsDialog";

const words = m.settings;

const options = <K extends string>(titles: Record<K, string>) =>
  (Object.entries(titles) as [K, string][]).map(([id, title]) => ({ id, title }));

/** Colours and layout. */
export function Appearance({ onChange }: PartProps) {
  const { theme, layout, wrap } = useSettings();
  return (
    <>
      <LabelledSelect<Theme>
        label={words.theme}
        options={options(words.themes)}
        selected={theme}
        onSelect={(to) => onChange({ theme: to })}
      />
      <LabelledSelect<Layout>
        label={words.layout}
        options={options(words.layouts)}
        selected={layout}
        onSelect={(to) => onChange({ layout: to })}
      />
      <Switch label={words.wrap} checked={wrap} onChange={(to) => onChange({ wrap: to })} />
    </>
  );
}

function useSending({ onChange }: PartProps) {
  const sending = useSettings((s) => s.sending);
  const change = (part: Partial<SendingSettings>) => onChange({ sending: { ...sending, ...part } });
  return { sending, change };
}

const TIMEOUTS = {
  timeoutMs: words.timeout,
  connectTimeoutMs: words.connectTimeout,
  firstByteTimeoutMs: words.firstByteTimeout,
  idleTimeoutMs: words.idleTimeout,
};

/** Time limits and redirects. */
export function Sending(props: PartProps) {
  const { sending, change } = useSending(props);
  return (
    <>
      <section className="setting-part" aria-label={words.timeouts}>
        <h3 className="setting-head">{words.timeouts}</h3>
        {(Object.keys(TIMEOUTS) as (keyof typeof TIMEOUTS)[]).map((key) => (
          <NumberField
            key={key}
            label={TIMEOUTS[key]}
            unit={words.ms}
            value={sending[key]}
            onCommit={(value) => change({ [key]: value })}
          />
        ))}
        <p className="form-hint">{words.zero}</p>
      </section>
      <section className="setting-part" aria-label={words.redirects}>
        <h3 className="setting-head">{words.redirects}</h3>
        <Switch
          label={words.followRedirects}
          checked={sending.followRedirects}
          onChange={(followRedirects) => change({ followRedirects })}
        />
        <NumberField
          label={words.maxRedirects}
          unit={words.redirects.toLowerCase()}
          value={sending.maxRedirects}
          onCommit={(maxRedirects) => change({ maxRedirects })}
        />
      </section>
    </>
  );
}

const without = (list: readonly string[], item: string) => list.filter((each) => each !== item);
const including = (list: readonly string[], item: string) => [...without(list, item), item];

/** Verification of certificates, and the exceptions. */
export function Security(props: PartProps) {
  const { sending, change } = useSending(props);
  const { verifyTls, insecureHosts, authorities } = sending;
  const pick = async () => {
    const path = await pickPath("file", words.pickAuthority);
    if (path) change({ authorities: including(authorities, path) });
  };
  return (
    <>
      <Switch label={words.verifyTls} checked={verifyTls} onChange={(to) => change({ verifyTls: to })} />
      <p className="form-hint">{words.verifyHint}</p>
      <PathList
        title={words.insecureHosts}
        none={words.insecureNone}
        list={insecureHosts}
        removeLabel={words.distrust}
        onRemove={(host) => change({ insecureHosts: without(insecureHosts, host) })}
        addLabel={words.addHost}
        add={words.trust}
        onAdd={(host) => change({ insecureHosts: including(insecureHosts, host) })}
      />
      <PathList
        title={words.authorities}
        none={words.authoritiesNone}
        list={authorities}
        removeLabel={words.removeAuthority}
        onRemove={(path) => change({ authorities: without(authorities, path) })}
        addLabel={words.authorityPath}
        add={words.add}
        onAdd={(path) => change({ authorities: including(authorities, path) })}
      >
        <Button onPress={() => void pick()}>{words.addAuthority}</Button>
      </PathList>
    </>
  );
}

const PROXIES: Record<ProxySettings["type"], ProxySettings> = {
  system: { type: "system" },
  none: { type: "none" },
  manual: { type: "manual", url: "http://127.0.0.1:8080", noProxy: "localhost, 127.0.0.1" },
};

/** Where requests go through. */
export function Proxies(props: PartProps) {
  const { sending, change } = useSending(props);
  const { proxy } = sending;
  return (
    <>
      <LabelledSelect
        label={words.proxyKind}
        options={options(words.proxies)}
        selected={proxy.type}
        onSelect={(type) => type !== proxy.type && change({ proxy: PROXIES[type] })}
      />
      {proxy.type === "manual" ? (
        <>
          <TextSetting
            label={words.proxyUrl}
            placeholder={words.proxyUrlHint}
            value={proxy.url}
            onCommit={(url) => change({ proxy: { ...proxy, url } })}
          />
          <TextSetting
            label={words.noProxy}
            value={proxy.noProxy}
            onCommit={(noProxy) => change({ proxy: { ...proxy, noProxy } })}
          />
        </>
      ) : null}
    </>
  );
}

const MEGABYTE = 2 ** 20;

/** What history keeps. */
export function History({ onChange }: PartProps) {
  const history = useSettings((s) => s.history);
  const change = (part: Partial<HistorySettings>) => onChange({ history: { ...history, ...part } });
  return (
    <section className="setting-part" aria-label={words.history}>
      <NumberField
        label={words.days}
        unit={words.unitDays}
        value={history.maxDays}
        onCommit={(maxDays) => change({ maxDays })}
      />
      <NumberField
        label={words.entries}
        unit={words.unitEntries}
        value={history.maxEntries}
        onCommit={(maxEntries) => change({ maxEntries })}
      />
      <NumberField
        label={words.megabytes}
        unit={words.mb}
        value={Math.round(history.maxBodyBytes / MEGABYTE)}
        onCommit={(value) => change({ maxBodyBytes: value * MEGABYTE })}
      />
      <p className="form-hint">{words.zero}</p>
      <Switch
        label={words.keepEchoed}
        checked={history.keepEchoedSecrets}
        onChange={(keepEchoedSecrets) => change({ keepEchoedSecrets })}
      />
      <p className="form-hint">{words.keepEchoedHint}</p>
    </section>
  );
}

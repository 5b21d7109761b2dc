import { Button } from "../../components/Button";
import type { ImportHost } from "../../ipc";
import { m } from "../../messages";
import "./Addresses.css";

const words = m.importing.addresses;

interface AddressesProps {
  hosts: readonly ImportHost[];
  busy: boolean;
  onFetch(hosts: string[]): void;
}

/** Hosts that an import refers to: nothing is fetched from them unasked. */
export function Addresses({ hosts, busy, onFetch }: AddressesProps) {
  return (
    <div className="import-addresses">
      <p className="form-hint">{words.hint}</p>
      {hosts.length > 1 ? (
        <div>
          <Button disabled={busy} onPress={() => onFetch(hosts.map((each) => each.host))}>
            {words.fetchAll(hosts.length)}
          </Button>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit */}
      <ul role="list" className="address-list" aria-label={words.list}>
        {hosts.map(({ host, urls }) => (
          <li key={host} className="address">
            <details>
              <summary aria-label={words.show(host)}>
                <span className="mono address-host" title={host}>
                  {host}
                </span>
                <small>{words.urls(urls.length)}</small>
              </summary>
              <ul className="address-urls mono" data-selectable>
                {urls.map((url) => (
                  <li key={url}>{url}</li>
                ))}
              </ul>
            </details>
            <Button small disabled={busy} label={words.fetchFrom(host)} onPress={() => onFetch([host])}>
              {words.fetch}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

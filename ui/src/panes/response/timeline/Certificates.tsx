import { ErrorNote } from "../../../components/ErrorNote";
import type { Tls } from "../../../ipc";
import { m } from "../../../messages";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const dayOf = (time: string) => (Number.isNaN(Date.parse(time)) ? time : day.format(new Date(time)));

/** The certificate chain, leaf first, and what is wrong with it. */
export function Certificates({ tls }: { tls: Tls }) {
  const { timelinePart: words } = m.response;
  return (
    <>
      {tls.problem ? <ErrorNote tone="warn" message={words.unverified} hint={tls.problem} /> : null}
      {tls.certificates.length > 0 ? (
        <details className="wire" open={tls.problem !== null}>
          <summary>
            {words.certificates} ({tls.certificates.length})
          </summary>
          <ol className="chain" data-selectable>
            {tls.certificates.map((certificate) => (
              <li key={certificate.fingerprint}>
                <p className="mono">{certificate.subject}</p>
                <dl className="hop-facts">
                  <Line name={words.issuer} value={certificate.issuer} />
                  <Line
                    name={words.valid}
                    value={`${dayOf(certificate.notBefore)} – ${dayOf(certificate.notAfter)}`}
                  />
                  {certificate.names.length > 0 ? (
                    <Line name={words.names} value={certificate.names.join(", ")} />
                  ) : null}
                  <Line name={words.fingerprint} value={certificate.fingerprint} />
                </dl>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono">{value}</dd>
    </div>
  );
}

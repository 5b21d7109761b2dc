import { EmptyState } from "../../components/EmptyState";
import type { Hop } from "../../ipc";
import { m } from "../../messages";

/** Cookies the exchange set, and what became of them. */
export function CookiesTab({ hops }: { hops: readonly Hop[] }) {
  const { cookiesPart: words, headersPart: names } = m.response;
  const cookies = hops.flatMap((hop) => hop.cookies);
  if (cookies.length === 0) return <EmptyState title={words.none} hint={words.noneHint} />;
  return (
    <div className="part-scroll">
      <table className="facts facts-ruled mono" aria-label={words.title}>
        <thead>
          <tr>
            <th>{names.name}</th>
            <th>{names.value}</th>
            <th>{words.attributes}</th>
            <th>{words.fate}</th>
          </tr>
        </thead>
        <tbody data-selectable>
          {cookies.map((cookie, at) => (
            <tr key={at}>
              <th scope="row">{cookie.name}</th>
              <td>{cookie.value}</td>
              <td className="facts-muted">{cookie.attributes}</td>
              <td data-bad={cookie.rejected !== null || undefined}>
                {cookie.rejected === null ? words.stored : words.rejected(cookie.rejected)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { EmptyState } from "../../components/EmptyState";
import { IconButton } from "../../components/IconButton";
import { Copy } from "../../components/icons";
import type { Hop, WireHeader } from "../../ipc";
import { m } from "../../messages";
import { copyText } from "./body/copy";
import { headerLines } from "./headerLines";

/** Headers of the last hop, both ways. */
export function HeadersTab({ hop }: { hop: Hop | undefined }) {
  const { headersPart: words } = m.response;
  if (!hop) return <EmptyState title={words.none} hint={words.noneHint} />;
  return (
    <div className="part-scroll">
      {hop.status === null ? null : <HeaderTable title={words.response} headers={hop.headers} />}
      {hop.trailers.length > 0 ? <HeaderTable title={words.trailers} headers={hop.trailers} /> : null}
      <HeaderTable title={words.request} headers={headerLines(hop.requestHead)} />
    </div>
  );
}

function HeaderTable({ title, headers }: { title: string; headers: readonly WireHeader[] }) {
  const { headersPart: words } = m.response;
  return (
    <>
      <h3 className="part-title">{title}</h3>
      <table className="facts mono" aria-label={title}>
        <colgroup>
          <col className="facts-name" />
          <col />
          <col className="facts-last" />
        </colgroup>
        <tbody>
          {headers.map((header, at) => (
            <tr key={at}>
              <th scope="row" data-selectable>
                {header.name}
              </th>
              <td data-selectable>{header.value}</td>
              <td className="facts-action">
                <IconButton
                  label={words.copy(header.name)}
                  icon={Copy}
                  small
                  onPress={() => void copyText(`${header.name}: ${header.value}`)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

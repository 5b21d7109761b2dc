import "./Address.css";
import { m } from "../messages";
import { CopyButton } from "./CopyButton";

/** An address to open in a browser: shown whole, and to be copied. The window itself opens nothing. */
export function Address({ url }: { url: string }) {
  return (
    <span className="address">
      <span className="mono address-url" data-selectable title={url}>
        {url}
      </span>
      <CopyButton small kind="quiet" label={m.common.copyAddress(url)} text={() => url}>
        {m.common.copy}
      </CopyButton>
    </span>
  );
}

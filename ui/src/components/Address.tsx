import { useState } from "react";
import "./Address.css";
import { m } from "../messages";
import { CopyButton } from "./CopyButton";
import { ErrorNote } from "./ErrorNote";

interface AddressProps {
  url: string;
  /** Opens it in the system's browser; says why when that did not happen. */
  onOpen(url: string): Promise<string | null>;
}

/** An address shown whole: a link that opens in the system's browser, and a way to copy it. */
export function Address({ url, onOpen }: AddressProps) {
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <span className="address">
      <a
        className="mono address-url"
        data-selectable
        href={url}
        title={m.common.openInBrowser}
        onClick={(event) => {
          // The window itself never leaves its page.
          event.preventDefault();
          void onOpen(url).then(setFailed);
        }}
      >
        {url}
      </a>
      <CopyButton small kind="quiet" label={m.common.copyAddress(url)} text={() => url}>
        {m.common.copy}
      </CopyButton>
      {failed ? <ErrorNote tone="warn" message={failed} /> : null}
    </span>
  );
}

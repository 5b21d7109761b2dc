import { useEffect, useState } from "react";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorNote } from "../../../components/ErrorNote";
import { Spinner } from "../../../components/Progress";
import { asCommandError, type BodyInfo, backend, type CommandError } from "../../../ipc";
import { m } from "../../../messages";
import { decoded, page } from "./page";

type Shown = { of: string; bytes: Uint8Array<ArrayBuffer> } | { of: string; error: CommandError };

/** A picture, or a page in which nothing runs and nothing is loaded. */
export function Preview({ body }: { body: BodyInfo }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const of = body.id;
  useEffect(() => {
    let gone = false;
    backend()
      .call("bodyData", { body: of })
      .then(({ base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        if (!gone) setShown({ of, bytes });
      })
      .catch((thrown) => !gone && setShown({ of, error: asCommandError(thrown) }));
    return () => {
      gone = true;
    };
  }, [of]);
  if (shown?.of !== of) return <Spinner label={m.common.loading} />;
  if ("error" in shown) return <ErrorNote message={shown.error.message} hint={shown.error.hint} />;
  if (body.language === "image" || body.contentType.startsWith("image/"))
    return <Picture bytes={shown.bytes} type={body.contentType} />;
  if (body.language === "html" || body.contentType.includes("html"))
    return (
      <iframe
        className="body-page"
        title={m.response.view.page}
        sandbox=""
        referrerPolicy="no-referrer"
        srcDoc={page(decoded(shown.bytes, body.contentType))}
      />
    );
  return <EmptyState title={m.response.view.noPreview} />;
}

function Picture({ bytes, type }: { bytes: Uint8Array<ArrayBuffer>; type: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: type || "image/png" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return <div className="body-picture">{url ? <img src={url} alt={m.response.view.image} /> : null}</div>;
}

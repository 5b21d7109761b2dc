import { useEffect, useRef, useState } from "react";
import { span } from "../../auth/span";
import { Address } from "../../components/Address";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { ErrorNote } from "../../components/ErrorNote";
import { ProgressLine } from "../../components/Progress";
import { TextField } from "../../components/TextField";
import { useNow } from "../../components/useNow";
import type { LoginEvent } from "../../ipc";
import { m } from "../../messages";
import { openLink } from "../../stores/links";
import { cancelLogin, finishLogin, type Login } from "../../stores/tokens";

const words = m.auth.login;

/** What a login waits for, and the ways on. */
export function LoginPanel({ home, login }: { home: string; login: Login }) {
  const { waiting, cancelling } = login;
  const panel = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone; the keyboard goes on here.
  useEffect(() => panel.current?.focus(), []);
  const { type } = waiting ?? { type: null };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it waits for makes it taller
  useEffect(() => panel.current?.scrollIntoView({ block: "nearest" }), [type]);
  return (
    <div ref={panel} className="login" role="group" aria-label={words.title} tabIndex={-1}>
      <ProgressLine label={words.title} />
      {waiting?.type === "browser" ? <InBrowser home={home} event={waiting} /> : null}
      {waiting?.type === "device" ? <OnDevice event={waiting} /> : null}
      {waiting === null ? <p>{words.starting}</p> : null}
      <div>
        <Button disabled={cancelling} onPress={() => void cancelLogin(home)}>
          {cancelling ? words.cancelling : words.cancel}
        </Button>
      </div>
    </div>
  );
}

/** `127.0.0.1:49152` of a redirect URI. */
function hostOf(uri: string): string {
  try {
    return new URL(uri).host || uri;
  } catch {
    return uri;
  }
}

function InBrowser({ home, event }: { home: string; event: Extract<LoginEvent, { type: "browser" }> }) {
  const [url, setUrl] = useState("");
  const finish = () => void (url.trim() !== "" && finishLogin(home, url.trim()));
  return (
    <>
      {event.problem ? <ErrorNote tone="warn" message={event.problem} hint={words.noBrowser} /> : null}
      {event.listening ? (
        <p role="status">
          {event.problem
            ? words.redirect(hostOf(event.redirectUri))
            : words.browser(hostOf(event.redirectUri))}
        </p>
      ) : (
        <p role="status">{words.byHand(event.redirectUri)}</p>
      )}
      {event.problem ? <Address url={event.url} onOpen={openLink} /> : null}
      <div className="login-paste">
        <TextField
          labelled
          mono
          label={words.paste}
          placeholder={event.redirectUri}
          value={url}
          onChange={setUrl}
          onEnter={finish}
        />
        <Button disabled={url.trim() === ""} onPress={finish}>
          {words.take}
        </Button>
      </div>
      <p className="auth-hint">{words.pasteHint}</p>
      {event.problem ? null : (
        <div className="login-ways">
          <OpenPage url={event.url}>{words.openAgain}</OpenPage>
          <CopyButton small kind="quiet" label={words.address} text={() => event.url} />
        </div>
      )}
    </>
  );
}

function OnDevice({ event }: { event: Extract<LoginEvent, { type: "device" }> }) {
  const left = (Date.parse(event.expiresAt) - useNow(true)) / 1000;
  const url = event.verificationUriComplete ?? event.verificationUri;
  return (
    <>
      <p>{words.device}</p>
      <Address url={url} onOpen={openLink} />
      <div className="login-code">
        <output className="mono" aria-label={words.code} data-selectable>
          {event.userCode}
        </output>
        <CopyButton small label={words.copyCode} text={() => event.userCode} />
        <OpenPage url={url}>{words.openPage}</OpenPage>
      </div>
      <p role="status">{left > 0 ? words.waiting : words.over}</p>
      {left > 0 ? <p className="auth-hint">{words.expires(span(left))}</p> : null}
    </>
  );
}

/** A button for the provider's page; says beside itself when no browser takes it. */
function OpenPage({ url, children }: { url: string; children: string }) {
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <>
      <Button small onPress={() => void openLink(url).then(setFailed)}>
        {children}
      </Button>
      {failed ? <ErrorNote tone="warn" message={failed} /> : null}
    </>
  );
}

import { useEffect, useRef, useState } from "react";
import { span } from "../../auth/span";
import { Button } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { CopyButton } from "../../components/CopyButton";
import { ErrorNote } from "../../components/ErrorNote";
import { Spinner } from "../../components/Progress";
import { useNow } from "../../components/useNow";
import type { Auth, AuthPlace, TokenView } from "../../ipc";
import { m } from "../../messages";
import { useExchanges } from "../../stores/exchange";
import {
  introspectToken,
  logIn,
  logOut,
  NO_TOKEN,
  readToken,
  refreshToken,
  revokeToken,
  type TokenState,
  tokenText,
  useTokens,
} from "../../stores/tokens";
import { useWorkspace } from "../../stores/workspace";
import { Claims } from "./Claims";
import { FlowHops } from "./FlowHops";
import { LoginPanel } from "./LoginPanel";
import { type AuthScope, placeOf } from "./scope";
import "./token.css";

const words = m.auth.token;
/** How long typing must rest before the core is asked again. */
const REST_MS = 500;

/** The token an OAuth scheme has, and what can be done with it. */
export function TokenPanel({ auth, scope }: { auth: Auth; scope: AuthScope }) {
  const { key } = scope;
  const place = placeOf(scope, auth);
  const environment = useWorkspace((s) => s.workspace?.environment ?? null);
  const token = useTokens((s) => s[key] ?? NO_TOKEN);
  // Sending may have got one, or refreshed it.
  const answer = useExchanges((s) => s[key]?.done ?? null);
  const definition = JSON.stringify(auth);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the place names no other token
  useEffect(() => {
    const wait = useTokens.getState()[key]?.view ? REST_MS : 0;
    const timer = setTimeout(() => void readToken(key, place), wait);
    return () => clearTimeout(timer);
  }, [key, definition, environment, scope.path, answer]);
  const { view, login, failed } = token;
  const section = useRef<HTMLElement>(null);
  const wasIn = useRef(false);
  // What the keyboard was in is gone when a login ends.
  useEffect(() => {
    if (wasIn.current && login === null && document.activeElement === document.body) section.current?.focus();
    wasIn.current = login !== null;
  }, [login]);
  const hops = login?.hops ?? view?.hops ?? [];
  return (
    <section ref={section} className="token" aria-label={words.title} tabIndex={-1}>
      <h3 className="token-head">
        {words.title}
        <State token={token} />
      </h3>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      {view?.problem && !login ? (
        <ErrorNote tone="warn" message={view.problem.message} hint={view.problem.hint} />
      ) : null}
      {login ? <LoginPanel home={key} login={login} /> : null}
      {view && !login ? <About view={view} /> : null}
      {token.introspected && !login ? (
        <Claims
          title={words.claims.introspected}
          claims={{ json: token.introspected, checked: true, note: "" }}
        />
      ) : null}
      {view && !login ? <Actions home={key} place={place} token={token} view={view} /> : null}
      {hops.length > 0 ? <FlowHops hops={hops} /> : null}
    </section>
  );
}

function State({ token }: { token: TokenState }) {
  const { view, busy, login } = token;
  const ends = view?.state === "valid" || view?.state === "expired" ? view.expiresAt : null;
  const now = useNow(ends !== null);
  if (login) return <small>{m.auth.login.title}</small>;
  if (busy === "refreshing") return <small className="token-state">{words.refreshing}</small>;
  if (!view) return busy ? <Spinner label={words.reading} /> : null;
  const seconds = ends === null ? null : (Date.parse(ends) - now) / 1000;
  // The core's word is of the moment it was asked; a token runs out while one looks at it.
  const state = view.state === "valid" && seconds !== null && seconds <= 0 ? "expired" : view.state;
  return (
    <>
      <span className="token-state" data-state={state} role="status">
        {words.states[state]}
      </span>
      <small>
        {seconds !== null
          ? seconds > 0
            ? words.left(span(seconds))
            : words.ago(span(-seconds))
          : state === "valid"
            ? words.forever
            : ""}
        {view.sessionOnly ? ` ${words.sessionOnly}` : ""}
      </small>
    </>
  );
}

function About({ view }: { view: TokenView }) {
  if (view.state === "none")
    return <p className="auth-hint">{view.needsPerson ? words.noneHint : words.fetchHint}</p>;
  if (view.state === "unknown") return <p className="auth-hint">{words.unknownHint}</p>;
  return (
    <>
      <dl className="token-facts" data-selectable>
        <dt>{words.scopes}</dt>
        <dd>
          {view.scopes.length > 0
            ? view.scopes.map((scope) => (
                <code key={scope} className="mono token-scope">
                  {scope}
                </code>
              ))
            : words.noScopes}
        </dd>
        <dt>{words.type}</dt>
        <dd>{view.tokenType}</dd>
        <dt>{words.renewal}</dt>
        <dd>{view.canRefresh ? words.hasRenewal : words.noRenewal}</dd>
      </dl>
      {view.accessClaims ? <Claims title={words.claims.access} claims={view.accessClaims} /> : null}
      {view.idClaims ? <Claims title={words.claims.id} claims={view.idClaims} /> : null}
    </>
  );
}

interface ActionsProps {
  home: string;
  place: AuthPlace;
  token: TokenState;
  view: TokenView;
}

function Actions({ home, place, token, view }: ActionsProps) {
  const [asking, setAsking] = useState(false);
  const has = view.state === "valid" || view.state === "expired";
  const busy = token.busy !== null && token.busy !== "reading";
  return (
    <div className="token-actions">
      <Button small kind={has ? "plain" : "primary"} disabled={busy} onPress={() => void logIn(home, place)}>
        {view.needsPerson ? words.logIn : words.fetch}
      </Button>
      {has && view.canRefresh ? (
        <Button small disabled={busy} onPress={() => void refreshToken(home, place)}>
          {words.refresh}
        </Button>
      ) : null}
      {has ? (
        <>
          <CopyButton small label={words.copy} text={() => tokenText(place, "access")} />
          {view.canIntrospect ? (
            <Button small disabled={busy} onPress={() => void introspectToken(home, place)}>
              {words.introspect}
            </Button>
          ) : null}
          {view.canRevoke ? (
            <Button small disabled={busy} onPress={() => setAsking(true)}>
              {words.revoke}
            </Button>
          ) : null}
          <Button small disabled={busy} onPress={() => void logOut(home, place)}>
            {words.logOut}
          </Button>
        </>
      ) : null}
      {asking ? (
        <Confirm
          title={words.revokeTitle}
          text={words.revokeText}
          yes={words.revokeYes}
          danger
          onYes={() => void revokeToken(home, place)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}

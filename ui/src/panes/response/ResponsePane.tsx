import { EmptyState } from "../../components/EmptyState";
import { keyWords } from "../../components/Kbd";
import { keysOf } from "../../keys";
import { m } from "../../messages";
import { NO_EXCHANGE, sendAgain, useExchanges } from "../../stores/exchange";
import { useSettings } from "../../stores/settings";
import { ExchangeParts } from "./ExchangeParts";
import { Failure } from "./Failure";
import "./ResponsePane.css";
import { RunningNote } from "./RunningNote";
import { Trusted } from "./Trusted";

/** The last answer of one tab, and the one on its way. */
export function ResponsePane({ tab }: { tab: string }) {
  const { done, running, error } = useExchanges((s) => s[tab] ?? NO_EXCHANGE);
  const keys = useSettings((s) => keysOf("send", s.keys)[0] ?? "");
  const again = (allowCrossOriginBody = false) => void sendAgain(tab, allowCrossOriginBody);
  return (
    <section aria-label={m.response.region} className="response" data-old={running !== null || undefined}>
      {running ? <RunningNote key={running.id} tab={tab} running={running} /> : null}
      {error && !running ? <Failure error={error} url={null} onAgain={again} /> : null}
      {done ? (
        <>
          <Trusted exchange={done} />
          {/* A new answer starts at its beginning: sections stay, scrolling and search do not. */}
          <ExchangeParts exchange={done} onAgain={again} />
        </>
      ) : error || running ? null : (
        <EmptyState title={m.response.empty} hint={m.response.emptyHint(keyWords(keys))} />
      )}
    </section>
  );
}

import { useRef } from "react";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Code } from "../../components/icons";
import { Kbd } from "../../components/Kbd";
import { methodColour } from "../../components/MethodTag";
import { ComboBox } from "../../components/Select";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import { keysOf } from "../../keys";
import { m } from "../../messages";
import { withUrl } from "../../request/params";
import { useCommands } from "../../stores/commands";
import { editDraft, useDrafts } from "../../stores/drafts";
import { cancel, NO_EXCHANGE, send, useExchanges } from "../../stores/exchange";
import { useSettings } from "../../stores/settings";
import { useTabs } from "../../stores/tabs";
import { codeOfTab } from "../../stores/transfer";
import { pasteCurl } from "./pasteCurl";
import "./RequestLine.css";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].map((id) => ({ id, title: id }));

/** Method, URL and Send of one tab. */
export function RequestLine({ tab, variables }: { tab: string; variables: Variables }) {
  const draft = useDrafts((s) => s[tab]);
  const running = useExchanges((s) => (s[tab] ?? NO_EXCHANGE).running !== null);
  const path = useTabs((s) => s.tabs.find((each) => each.id === tab)?.path ?? null);
  const keys = useSettings((s) => keysOf("send", s.keys)[0]);
  const url = useRef<HTMLInputElement>(null);
  const go = () => draft && void send(tab, path, draft.request);
  useCommands({ send: go, focusUrl: () => url.current?.select() });
  if (!draft) return <div className="request-line" />;
  const { method } = draft.request;
  return (
    <div className="request-line">
      <div className="request-url">
        <div className="request-method" style={{ color: methodColour(method) }}>
          <ComboBox
            label={m.request.method}
            options={METHODS}
            value={method}
            onChange={(typed) => editDraft(tab, { method: typed.toUpperCase().replace(/\s/g, "") })}
            mono
          />
        </div>
        <TemplateField
          label={m.request.url}
          placeholder={m.request.urlPlaceholder}
          value={draft.request.url}
          onChange={(typed) => editDraft(tab, withUrl(draft.request, typed))}
          onPaste={(event) => pasteCurl(tab, event)}
          variables={variables}
          paths
          onEnter={go}
          inputRef={url}
        />
      </div>
      <IconButton label={m.commands.copyAsCode} icon={Code} onPress={() => codeOfTab(tab)} />
      {running ? (
        <Button big onPress={() => void cancel(tab)}>
          {m.request.cancel}
        </Button>
      ) : (
        <Button big kind="primary" label={m.request.send} onPress={go}>
          {m.request.send}
          {keys ? <Kbd keys={keys} /> : null}
        </Button>
      )}
    </div>
  );
}

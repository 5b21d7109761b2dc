import { schemeOfFile } from "../../auth/blank";
import { Button } from "../../components/Button";
import { m } from "../../messages";
import { editDraft, useDrafts } from "../../stores/drafts";
import { useOrganise } from "../../stores/organise";
import { useTabs } from "../../stores/tabs";
import { AuthEditor } from "../auth/AuthEditor";
import { AuthExtras } from "../auth/AuthExtras";
import type { AuthScope } from "../auth/scope";
import { schemeName } from "../auth/words";
import type { PartProps } from "./part";

/** How the request proves who it is from. */
export function AuthPart({ tab, request, variables }: PartProps) {
  const path = useTabs((s) => s.tabs.find((each) => each.id === tab)?.path ?? null);
  const inherited = useDrafts((s) => s[tab]?.inherited?.auth ?? null);
  const scope: AuthScope = { key: tab, path: path ?? "", request, variables };
  return (
    <div className="req req-form">
      <AuthEditor
        auth={request.auth}
        onChange={(auth) => editDraft(tab, { auth })}
        scope={scope}
        inherits={<InheritedFrom tab={tab} />}
      >
        <AuthExtras
          auth={request.auth}
          onChange={(auth) => editDraft(tab, { auth })}
          scope={scope}
          inherited={inherited ? schemeOfFile(inherited.scheme) : null}
          file={path}
        />
      </AuthEditor>
    </div>
  );
}

function InheritedFrom({ tab }: { tab: string }) {
  const inherited = useDrafts((s) => s[tab]?.inherited?.auth ?? null);
  if (!inherited) return <p className="auth-hint">{m.auth.inheritsNothing}</p>;
  const { scheme, origin, path } = inherited;
  return (
    <p className="auth-hint">
      {m.auth.inheritsFrom(schemeName(scheme))}{" "}
      <Button
        small
        label={m.auth.openOrigin(origin)}
        onPress={() => useOrganise.setState({ settingsOf: path, settingsPart: "auth" })}
      >
        {origin}
      </Button>
    </p>
  );
}

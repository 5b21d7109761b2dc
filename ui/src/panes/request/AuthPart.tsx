import { schemeOfFile } from "../../auth/blank";
import { m } from "../../messages";
import { editDraft, useDrafts } from "../../stores/drafts";
import { useOrganise } from "../../stores/organise";
import { useTabs } from "../../stores/tabs";
import { AuthEditor } from "../auth/AuthEditor";
import { AuthExtras } from "../auth/AuthExtras";
import { InheritedFrom } from "../auth/InheritedFrom";
import type { AuthScope } from "../auth/scope";
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
        inherits={
          inherited ? (
            <InheritedFrom
              inherited={inherited}
              onOpen={(origin) => useOrganise.setState({ settingsOf: origin, settingsPart: "auth" })}
            />
          ) : (
            <p className="auth-hint">{m.auth.inheritsNothing}</p>
          )
        }
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

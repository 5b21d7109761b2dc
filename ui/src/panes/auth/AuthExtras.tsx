import { lazy, Suspense, useState } from "react";
import type { Scheme } from "../../auth/blank";
import { Button } from "../../components/Button";
import type { Auth } from "../../ipc";
import { m } from "../../messages";
import type { AuthScope } from "./scope";
import { TokenPanel } from "./TokenPanel";

const ProviderDialog = lazy(() => import("./ProviderDialog"));
const CheckDialog = lazy(() => import("./CheckDialog"));

interface AuthExtrasProps {
  auth: Auth;
  onChange(auth: Auth): void;
  scope: AuthScope;
  /** The scheme that "inherit" stands for, where it is known. */
  inherited: Scheme | null;
  /** Of the request or folder; null for a request that has none. */
  file: string | null;
}

/** Whether a scheme gets tokens that are kept. */
function hasToken(auth: Auth, inherited: Scheme | null): boolean {
  if (auth.type === "oauth1") return auth.requestTokenUrl !== "";
  return (auth.type === "inherit" ? inherited : auth.type) === "oauth2";
}

/** What stands under the fields: the token, providers, and the check. */
export function AuthExtras({ auth, onChange, scope, inherited, file }: AuthExtrasProps) {
  const [dialog, setDialog] = useState<"provider" | "check" | null>(null);
  const close = () => setDialog(null);
  const effective = auth.type === "inherit" ? inherited : auth.type;
  const canCheck =
    scope.request !== null && effective !== null && effective !== "none" && effective !== "other";
  return (
    <>
      {hasToken(auth, inherited) ? <TokenPanel auth={auth} scope={scope} /> : null}
      <div className="auth-actions">
        <Button onPress={() => setDialog("provider")}>{m.auth.providers.button}</Button>
        {canCheck ? <Button onPress={() => setDialog("check")}>{m.auth.check.button}</Button> : null}
      </div>
      <Suspense>
        {dialog === "provider" ? (
          <ProviderDialog auth={auth} onChange={onChange} scope={scope} onClose={close} />
        ) : null}
        {dialog === "check" && scope.request ? (
          <CheckDialog request={scope.request} path={file} onClose={close} />
        ) : null}
      </Suspense>
    </>
  );
}

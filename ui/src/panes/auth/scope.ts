import type { Variables } from "../../components/template/variables";
import type { Auth, AuthPlace, Request } from "../../ipc";

/** Where an auth stands: in a request or in a folder's settings. */
export interface AuthScope {
  /** Names it in this window: a tab's id, or one made of the folder's path. */
  key: string;
  /** Of the request or folder; empty at the top, and for a request that has no file. */
  path: string;
  /** The request as shown; a folder has none. */
  request: Request | null;
  variables: Variables;
}

/** The same for the core. */
export const placeOf = ({ path, request }: AuthScope, auth: Auth): AuthPlace => ({ path, auth, request });

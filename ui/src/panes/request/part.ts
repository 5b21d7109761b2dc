import type { Variables } from "../../components/template/variables";
import type { Request } from "../../ipc";

/** What every part of the request pane is given. */
export interface PartProps {
  tab: string;
  request: Request;
  variables: Variables;
}

import type { Exchange } from "../../ipc";

/** An answer against the schema that its description has for it. */
export interface SchemaCheck {
  ok: boolean;
  /** `path` is a JSON pointer into the body; empty for the whole. */
  violations: readonly { path: string; message: string }[];
}

/** What the core said of the body, where the request came from a description. */
export const schemaOf = (exchange: Exchange & { schema?: SchemaCheck }): SchemaCheck | undefined =>
  exchange.schema;

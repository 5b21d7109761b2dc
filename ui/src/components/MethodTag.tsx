import "./MethodTag.css";

const SHORT: Record<string, string> = { DELETE: "DEL", OPTIONS: "OPT", CONNECT: "CON", GRPC: "gRPC" };
const COLOUR: Record<string, string> = {
  GET: "get",
  HEAD: "get",
  POST: "post",
  PUT: "put",
  PATCH: "patch",
  DELETE: "delete",
  GQL: "gql",
  WS: "stream",
  SSE: "get",
  GRPC: "stream",
};

/** The name of the colour of a method: `var(--method-…)`. */
export function methodColour(method: string): string {
  return `var(--method-${COLOUR[method.toUpperCase()] ?? "other"})`;
}

/** A method in its colour, short and of one width, for lists and tabs. */
export function MethodTag({ method, loose }: { method: string; loose?: boolean }) {
  const name = method.toUpperCase();
  return (
    <span className="method" data-loose={loose || undefined} style={{ color: methodColour(method) }}>
      {SHORT[name] ?? (name.length > 6 ? name.slice(0, 5) : name)}
    </span>
  );
}

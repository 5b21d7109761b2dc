/** What a text can be read as, when its content does not say it. */
export const FORMATS = [
  { id: "postman", title: "Postman" },
  { id: "openapi", title: "OpenAPI" },
  { id: "insomnia", title: "Insomnia" },
  { id: "bruno", title: "Bruno" },
  { id: "opencollection", title: "OpenCollection" },
  { id: "har", title: "HAR" },
  { id: "curl", title: "curl" },
  { id: "http", title: "HTTP file" },
  { id: "hurl", title: "Hurl" },
  { id: "hoppscotch", title: "Hoppscotch" },
  { id: "thunder", title: "Thunder Client" },
  { id: "yaak", title: "Yaak" },
  { id: "wsdl", title: "WSDL" },
  { id: "graphql", title: "GraphQL schema" },
  { id: "proto", title: "Protocol Buffers" },
] as const;

/** Signs of a collection in a pasted text; the core decides what it is. */
const SIGNS = [
  /^\s*[{[][\s\S]{0,20000}"(?:_postman_id|openapi|swagger|_type"\s*:\s*"export|__schema|requests|item|log|opencollection|clientName|yaakVersion|resources|v"\s*:\s*\d+\s*,\s*"name)"/,
  /^(?:\s*#.*\n)*\s*["']?(?:openapi|swagger|opencollection|type:\s*collection\.insomnia)/m,
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:\w+:)?(?:definitions|description)\b/,
  /^\s*(?:[$>%]\s+)?curl(?:\.exe)?\s/i,
  /^###.*\n(?:[\s\S]*\n)?\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\S/m,
  /^\s*syntax\s*=\s*["']proto[23]["']/m,
  /^\s*meta\s*\{[\s\S]*\n(?:get|post|put|patch|delete|head|options)\s*\{/,
];

/** Ends of addresses that descriptions and collections are found at. */
const DESCRIPTION =
  /^https?:\/\/[^\s/]+\/\S*(?:\.(?:json|ya?ml|wsdl|proto|graphqls?|har|http|hurl|zip)|[?&](?:single)?wsdl|\/(?:openapi|swagger|api-docs)[^\s/]*)$/i;

/** Whether a text is the address of something to import. */
export const looksLikeDescription = (text: string): boolean => DESCRIPTION.test(text.trim());

/** Whether a pasted text looks like something to import. */
export function looksLikeCollection(text: string): boolean {
  const start = text.slice(0, 30_000);
  return SIGNS.some((sign) => sign.test(start));
}

/** Nothing may be loaded and nothing may run; styles in the page itself and pictures in it are let be. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/** A page as it may be shown: under a policy that comes before everything in it. */
export function page(html: string): string {
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer">${html}`;
}

/** The text of a body by the charset of its content type; UTF-8 when it names none we know. */
export function decoded(bytes: Uint8Array<ArrayBuffer>, contentType: string): string {
  const charset = /charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

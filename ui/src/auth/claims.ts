/** A claim or header field as a line of a table. */
export interface ClaimLine {
  name: string;
  value: string;
  /** A number of seconds that is a moment. */
  at: Date | null;
}

const MOMENTS = new Set(["exp", "iat", "nbf", "auth_time", "updated_at"]);
/** Beyond this nobody reads them in a table. */
const MOST = 200;

function lines(object: Record<string, unknown>, prefix: string): ClaimLine[] {
  return Object.entries(object).flatMap(([key, value]): ClaimLine[] => {
    if (prefix === "" && typeof value === "object" && value !== null && !Array.isArray(value))
      return lines(value as Record<string, unknown>, key === "claims" ? "" : `${key}.`);
    const isMoment = MOMENTS.has(key) && typeof value === "number" && Number.isFinite(value);
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    return [{ name: `${prefix}${key}`, value: shown, at: isMoment ? new Date(value * 1000) : null }];
  });
}

/** Header and claims of a token, one a line; nothing when the text is no JSON object. */
export function claimLines(json: string): ClaimLine[] {
  try {
    const read: unknown = JSON.parse(json);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return [];
    return lines(read as Record<string, unknown>, "").slice(0, MOST);
  } catch {
    return [];
  }
}

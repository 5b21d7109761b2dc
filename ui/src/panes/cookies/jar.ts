import type { CookieView, RemoveCookies } from "../../ipc";
import { m } from "../../messages";

export const blankCookie = (domain: string): CookieView => ({
  name: "",
  value: "",
  domain,
  path: "/",
  expires: null,
  secure: false,
  httpOnly: false,
  hostOnly: false,
  sameSite: "",
});

/** Domain, path and name: what makes a cookie itself (RFC 6265bis §5.7). */
export const idOf = ({ domain, path, name }: CookieView): RemoveCookies => ({ domain, path, name });

export const isSameCookie = (a: CookieView, b: CookieView): boolean =>
  a.domain === b.domain && a.path === b.path && a.name === b.name;

/** The cookies a search leaves, by domain in their order. */
export function byDomain(cookies: readonly CookieView[], search: string): [string, CookieView[]][] {
  const wanted = search.trim().toLowerCase();
  const domains = new Map<string, CookieView[]>();
  for (const cookie of cookies) {
    const text = `${cookie.domain} ${cookie.name} ${cookie.value}`.toLowerCase();
    if (!text.includes(wanted)) continue;
    const list = domains.get(cookie.domain);
    if (list) list.push(cookie);
    else domains.set(cookie.domain, [cookie]);
  }
  return [...domains];
}

export type CookieProblems = Partial<Record<"name" | "domain" | "expires", string>>;

/** What has to be put right before a cookie can be kept. */
export function problemsOf({ name, domain, expires }: CookieView): CookieProblems {
  const problems: CookieProblems = {};
  if (name.trim() === "") problems.name = m.cookies.needsName;
  if (domain.trim() === "") problems.domain = m.cookies.needsDomain;
  const isTime =
    expires === null || (/^\d{4}-\d\d-\d\dT/.test(expires) && !Number.isNaN(Date.parse(expires)));
  if (!isTime) problems.expires = m.cookies.badExpires;
  return problems;
}

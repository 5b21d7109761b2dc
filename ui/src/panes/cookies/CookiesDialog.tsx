import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { IconButton } from "../../components/IconButton";
import { Plus, Trash2 } from "../../components/icons";
import { SearchField } from "../../components/TextField";
import {
  asCommandError,
  backend,
  type CommandError,
  type Cookies,
  type CookieView,
  type RemoveCookies,
} from "../../ipc";
import { m } from "../../messages";
import { useWorkspace } from "../../stores/workspace";
import { CookieForm } from "./CookieForm";
import "./cookies.css";
import { blankCookie, byDomain, idOf, isSameCookie } from "./jar";

const ALL: RemoveCookies = { domain: null, path: null, name: null };

/** The jar of this workspace and environment, by domain. */
export default function CookiesDialog({ onClose }: { onClose(): void }) {
  const environment = useWorkspace((s) => s.workspace?.environment) ?? null;
  const [jar, setJar] = useState<Cookies | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<{ cookie: CookieView; isNew: boolean } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const attempt = async (work: () => Promise<Cookies>) => {
    setFailed(null);
    try {
      setJar(await work());
      return true;
    } catch (thrown) {
      setFailed(asCommandError(thrown));
      return false;
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another environment has another jar
  useEffect(() => {
    setShown(null);
    void attempt(() => backend().call("cookies", {}));
  }, [environment]);
  const remove = async (which: RemoveCookies) => {
    if (await attempt(() => backend().call("removeCookies", which))) setShown(null);
  };
  const save = async (cookie: CookieView) => {
    const before = shown && !shown.isNew ? shown.cookie : null;
    const isSaved = await attempt(async () => {
      const now = await backend().call("setCookie", { cookie });
      // Another name, path or domain makes another cookie: the one it was must go.
      return before && !isSameCookie(before, cookie) ? backend().call("removeCookies", idOf(before)) : now;
    });
    if (isSaved) setShown({ cookie, isNew: false });
  };
  const cookies = jar?.cookies ?? [];
  const domains = byDomain(cookies, search);
  const words = m.cookies;
  return (
    <Dialog
      title={words.title}
      open
      large
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" disabled={cookies.length === 0} onPress={() => setAsking(true)}>
            {words.deleteAll}
          </Button>
          <Button onPress={onClose}>{m.common.close}</Button>
        </>
      }
    >
      <div className="dialog-pair cookies">
        <div className="dialog-side">
          <div className="cookies-search">
            <SearchField
              label={words.search}
              placeholder={words.search}
              value={search}
              onChange={setSearch}
            />
          </div>
          <div className="dialog-list" role="group" aria-label={words.list}>
            {domains.map(([domain, list]) => (
              <section key={domain} aria-label={domain}>
                <h3 className="cookies-domain">
                  <span>{domain}</span>
                  <IconButton
                    small
                    label={words.deleteDomain(domain)}
                    icon={Trash2}
                    onPress={() => void remove({ ...ALL, domain })}
                  />
                </h3>
                {list.map((cookie) => (
                  <button
                    key={`${cookie.path} ${cookie.name}`}
                    type="button"
                    className="dialog-line"
                    aria-current={shown !== null && !shown.isNew && isSameCookie(cookie, shown.cookie)}
                    onClick={() => setShown({ cookie, isNew: false })}
                  >
                    <span className="mono">{cookie.name}</span>
                    <small className="mono">{cookie.path}</small>
                  </button>
                ))}
              </section>
            ))}
            {search && domains.length === 0 ? <p className="cookies-none">{words.nothing(search)}</p> : null}
          </div>
          <div className="dialog-tools">
            <Button
              kind="quiet"
              onPress={() => setShown({ cookie: blankCookie(shown?.cookie.domain ?? ""), isNew: true })}
            >
              <Plus size={13} aria-hidden />
              {words.add}
            </Button>
          </div>
        </div>
        <div className="dialog-main">
          <div className="form">
            <p className="form-hint">{words.of(environment ?? words.noEnvironment)}</p>
            {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
            {jar?.notice ? <ErrorNote tone="warn" message={jar.notice} /> : null}
            {shown ? (
              <CookieForm
                key={shown.isNew ? "new" : Object.values(idOf(shown.cookie)).join("\n")}
                cookie={shown.cookie}
                isNew={shown.isNew}
                onSave={(cookie) => void save(cookie)}
                onDelete={() => void remove(idOf(shown.cookie))}
              />
            ) : cookies.length === 0 && jar ? (
              <EmptyState title={words.empty} hint={words.emptyHint} />
            ) : null}
          </div>
        </div>
      </div>
      {isAsking ? (
        <Confirm
          title={words.deleteAllTitle}
          text={words.deleteAllText}
          yes={words.delete}
          danger
          onYes={() => void remove(ALL)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Dialog>
  );
}

import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { LabelledSelect } from "../../components/Form";
import { TriangleAlert } from "../../components/icons";
import { ProgressLine } from "../../components/Progress";
import { StatusBadge } from "../../components/StatusBadge";
import { type AuthCheckRow, asCommandError, backend, type CommandError, type Request } from "../../ipc";
import { m } from "../../messages";
import { useWorkspace } from "../../stores/workspace";
import { ExchangeParts } from "../response/ExchangeParts";
import "./check.css";

const words = m.auth.check;
/** React Aria keeps the empty string for "nothing chosen". */
const NONE = "\u0000";

let count = 0;

interface Run {
  id: string | null;
  rows: readonly AuthCheckRow[];
  holes: number | null;
  failed: CommandError | null;
}

/** Sends one request with every kind of credential, as the core tells of each. */
function useCheck(request: Request, path: string | null) {
  const [run, setRun] = useState<Run>({ id: null, rows: [], holes: null, failed: null });
  const running = useRef<string | null>(null);
  const stop = () => {
    const exchange = running.current;
    if (exchange)
      void backend()
        .call("cancel", { exchange })
        .catch(() => undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog is gone
  useEffect(() => stop, []);
  const start = async (otherEnvironment: string | null) => {
    const exchange = `check-${Date.now().toString(36)}-${++count}`;
    running.current = exchange;
    setRun({ id: exchange, rows: [], holes: null, failed: null });
    const mine = (change: (now: Run) => Run) => setRun((now) => (now.id === exchange ? change(now) : now));
    try {
      const args = { exchange, path, request, otherEnvironment };
      const { rows, holes } = await backend().stream("checkAuth", args, (row) =>
        mine((now) => ({ ...now, rows: [...now.rows, row] })),
      );
      mine((now) => ({ ...now, id: null, rows, holes }));
    } catch (thrown) {
      const failed = asCommandError(thrown);
      mine((now) => ({ ...now, id: null, failed: failed.code === "cancelled" ? null : failed }));
    }
    if (running.current === exchange) running.current = null;
  };
  return { run, start, stop };
}

/** What a server does with the right credential, none, and wrong ones. */
export default function CheckDialog({
  request,
  path,
  onClose,
}: {
  request: Request;
  path: string | null;
  onClose(): void;
}) {
  const environments = useWorkspace((s) => s.workspace?.environments) ?? [];
  const chosen = useWorkspace((s) => s.workspace?.environment) ?? null;
  const others = environments.map((each) => each.name).filter((name) => name !== chosen);
  const [other, setOther] = useState<string | null>(null);
  const [open, setOpen] = useState<AuthCheckRow | null>(null);
  const { run, start, stop } = useCheck(request, path);
  const isRunning = run.id !== null;
  const isDone = run.holes !== null;
  return (
    <Dialog
      title={words.title}
      open
      large
      onClose={onClose}
      actions={
        <>
          {open ? <Button onPress={() => setOpen(null)}>{words.back}</Button> : null}
          <Button onPress={onClose}>{m.common.close}</Button>
          {isRunning ? (
            <Button onPress={stop}>{words.stop}</Button>
          ) : (
            <Button
              kind="primary"
              onPress={() => {
                setOpen(null);
                void start(other);
              }}
            >
              {isDone || run.rows.length > 0 ? words.again : words.start}
            </Button>
          )}
        </>
      }
    >
      {open?.exchange ? (
        <section className="check-exchange" aria-label={open.title}>
          <ExchangeParts exchange={open.exchange} isPast />
        </section>
      ) : (
        <div className="dialog-main check">
          {isRunning ? <ProgressLine label={words.running} /> : null}
          <p className="auth-hint">{words.hint}</p>
          {others.length > 0 ? (
            <LabelledSelect
              label={words.environment}
              options={[{ id: NONE, title: words.noEnvironment }, ...others.map((id) => ({ id, title: id }))]}
              selected={other ?? NONE}
              onSelect={(id) => setOther(id === NONE ? null : id)}
            />
          ) : null}
          {run.failed ? <ErrorNote message={run.failed.message} hint={run.failed.hint} /> : null}
          {run.holes ? <ErrorNote message={words.holes(run.holes)} /> : null}
          {run.holes === 0 ? <p role="status">{words.fine}</p> : null}
          {run.rows.length > 0 ? <Matrix rows={run.rows} onOpen={setOpen} /> : null}
        </div>
      )}
    </Dialog>
  );
}

function Matrix({ rows, onOpen }: { rows: readonly AuthCheckRow[]; onOpen(row: AuthCheckRow): void }) {
  return (
    <table className="check-table" aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{words.variant}</th>
          <th scope="col">{words.status}</th>
          <th scope="col">{words.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.variant} data-verdict={row.verdict}>
            <th scope="row">
              {row.exchange ? (
                <button
                  type="button"
                  className="check-open"
                  aria-label={words.open(row.title)}
                  onClick={() => onOpen(row)}
                >
                  {row.title}
                </button>
              ) : (
                row.title
              )}
            </th>
            <td>
              {row.exchange?.status != null ? (
                <StatusBadge status={row.exchange.status} text={row.exchange.reason} />
              ) : row.exchange ? (
                words.noAnswer
              ) : (
                words.notSent
              )}
            </td>
            <td>
              <span className="check-verdict">
                {row.verdict === "hole" ? <TriangleAlert size={14} aria-label={words.hole} /> : null}
                {row.note || words.verdicts[row.verdict]}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { ErrorNote } from "../../components/ErrorNote";
import {
  asCommandError,
  backend,
  type CommandError,
  type SharedPlan,
  type SharedSecret,
  type SharingView,
} from "../../ipc";
import { m } from "../../messages";
import { readAgain, useEnvironments } from "../../stores/environments";
import { variablesChanged } from "../../stores/variables";

const words = m.sharing;
const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const momentOf = (time: string) => (Number.isNaN(Date.parse(time)) ? time : moment.format(new Date(time)));

const keyOf = ({ environment, name }: SharedSecret) => JSON.stringify([environment, name]);
/** What there is to take: the same or one's own only need nothing. */
const canTake = ({ change }: SharedSecret) => change === "new" || change === "changed";

/** What others sealed, compared with one's own, and which of it to take over. */
export function TakePart({ view }: { view: SharingView }) {
  const [plan, setPlan] = useState<SharedPlan | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [taken, setTaken] = useState<number | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const part = useRef<HTMLElement>(null);
  const isRead = plan !== null;
  // What was asked for may come below the edge of the dialog.
  useEffect(() => {
    if (isRead) part.current?.scrollIntoView({ block: "end" });
  }, [isRead]);
  const attempt = async (work: () => Promise<SharedPlan>) => {
    setFailed(null);
    try {
      const read = await work();
      setPlan(read);
      setChosen(new Set(read.secrets.filter(canTake).map(keyOf)));
      return true;
    } catch (thrown) {
      setFailed(asCommandError(thrown));
      return false;
    }
  };
  const secrets = plan?.secrets.filter((each) => canTake(each) && chosen.has(keyOf(each))) ?? [];
  const take = async () => {
    if (!(await attempt(() => backend().call("takeShared", { secrets })))) return;
    setTaken(secrets.length);
    variablesChanged();
    const { shown } = useEnvironments.getState();
    if (shown) void readAgain(shown);
  };
  const { sealedFile, canOpen } = view;
  return (
    <section ref={part} className="sharing-part" aria-label={words.open}>
      <h3>{words.open}</h3>
      <p className="form-hint">
        {sealedFile === null
          ? words.nothing
          : canOpen
            ? words.openHint(sealedFile)
            : words.cannotOpen(sealedFile)}
      </p>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      {sealedFile !== null && canOpen && plan === null ? (
        <div>
          <Button onPress={() => void attempt(() => backend().call("readShared", {}))}>{words.read}</Button>
        </div>
      ) : null}
      {plan ? (
        <>
          <p className="form-hint">
            {plan.sealedBy
              ? words.by(plan.sealedBy, momentOf(plan.sealedAt))
              : words.byNobody(momentOf(plan.sealedAt))}
          </p>
          {plan.secrets.length === 0 ? (
            <p>{words.empty}</p>
          ) : (
            <Plan
              plan={plan}
              chosen={chosen}
              onChoose={(key, on) => {
                const next = new Set(chosen);
                if (on) next.add(key);
                else next.delete(key);
                setChosen(next);
              }}
            />
          )}
          <div>
            <Button kind="primary" disabled={secrets.length === 0} onPress={() => void take()}>
              {words.take}
            </Button>
          </div>
        </>
      ) : null}
      {taken !== null ? <p role="status">{words.taken(taken)}</p> : null}
    </section>
  );
}

interface PlanProps {
  plan: SharedPlan;
  chosen: ReadonlySet<string>;
  onChoose(key: string, on: boolean): void;
}

function Plan({ plan, chosen, onChoose }: PlanProps) {
  return (
    <table className="sharing-plan" aria-label={words.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.secret}</th>
          <th scope="col">{words.environment}</th>
          <th scope="col">{words.change}</th>
        </tr>
      </thead>
      <tbody>
        {plan.secrets.map((secret) => {
          const key = keyOf(secret);
          const where = secret.environment ?? words.collection;
          return (
            <tr key={key} data-change={secret.change}>
              <td>
                {canTake(secret) ? (
                  <Checkbox
                    label={words.takeOne(secret.name, where)}
                    checked={chosen.has(key)}
                    onChange={(on) => onChoose(key, on)}
                  />
                ) : null}
              </td>
              <th scope="row" className="mono">
                {secret.name}
              </th>
              <td>{where}</td>
              <td>{words.changes[secret.change]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

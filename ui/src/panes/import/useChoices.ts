import { useMemo, useState } from "react";
import type { ImportPreview, ImportSecret, SecretDecision } from "../../ipc";
import { below, type Checked, checkedOf, chosenOf, endsOf, requestsIn, withChecked } from "./choice";

type Decisions = ReadonlyMap<number, SecretDecision>;

const decided = (secrets: readonly ImportSecret[]): Decisions =>
  new Map(secrets.map(({ id, name }) => [id, { id, keep: true, name }]));

/** A name that can stand between `{{` and `}}`. */
const isName = (name: string): boolean => /^[^\s{}]+$/.test(name);

/** Kept under a name that was typed here and cannot be one; what the source names keeps its name. */
export const isBadlyNamed = ({ named }: ImportSecret, { keep, name }: SecretDecision): boolean =>
  keep && !named && !isName(name);

/** What goes along of a preview: items, environments, and what becomes of its secrets. */
export function useChoices(preview: ImportPreview) {
  const { nodes, environments, secrets } = preview;
  const [off, setOff] = useState<ReadonlySet<number>>(new Set());
  const [without, setWithout] = useState<ReadonlySet<number>>(new Set());
  const [decisions, setDecisions] = useState(() => decided(secrets));
  const ends = useMemo(() => endsOf(nodes), [nodes]);
  const checked = useMemo(() => checkedOf(nodes, off), [nodes, off]);
  const isHere = ({ node, environment }: ImportSecret) => {
    if (node !== null) return checked[node] !== false;
    const its = environments.find((each) => each.name === environment);
    return its === undefined || !without.has(its.id);
  };
  // Those of items that stay behind need no answer.
  const asked = secrets.filter(isHere);
  const decisionOf = ({ id, name }: ImportSecret) => decisions.get(id) ?? { id, keep: true, name };
  return {
    checked: checked as readonly Checked[],
    count: requestsIn(nodes, checked),
    environmentCount: environments.length - without.size,
    isOn: (environment: number) => !without.has(environment),
    check: (wanted: readonly number[], on: boolean) =>
      setOff((now) =>
        withChecked(
          now,
          ends,
          wanted.flatMap((at) => below(ends, at)),
          on,
        ),
      ),
    checkEnvironment: (id: number, on: boolean) =>
      setWithout((now) => new Set(on ? [...now].filter((each) => each !== id) : [...now, id])),
    secrets: asked,
    decisionOf,
    decide: (wanted: readonly ImportSecret[], part: Partial<Omit<SecretDecision, "id">>) =>
      setDecisions((now) => {
        const next = new Map(now);
        for (const secret of wanted)
          next.set(secret.id, { ...(now.get(secret.id) ?? decisionOf(secret)), ...part });
        return next;
      }),
    /** A kept secret has no usable name. */
    isBadlyNamed: asked.some((secret) => isBadlyNamed(secret, decisionOf(secret))),
    chosen: () => ({
      nodes: chosenOf(checked),
      environments:
        without.size === 0 ? null : environments.map((each) => each.id).filter((id) => !without.has(id)),
      secrets: asked.map(decisionOf),
    }),
  };
}

export type Choices = ReturnType<typeof useChoices>;

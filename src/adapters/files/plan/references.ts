import { nearest } from '#vocabulary/nearest.ts';
import { kindsGiven } from './condition.ts';
import type { PlanYaml } from './schema.ts';

export interface Fault {
  path: string;
  code: string;
  message: string;
  mend: string;
}

const LISTS = [
  'people',
  'objectives',
  'assets',
  'failureModes',
  'crews',
  'jobPlans',
  'signals',
  'monitors',
] as const;
type List = (typeof LISTS)[number];

const WORD: Record<List, string> = {
  people: 'person',
  objectives: 'objective',
  assets: 'asset',
  failureModes: 'failure mode',
  crews: 'crew',
  jobPlans: 'job plan',
  signals: 'signal',
  monitors: 'monitor',
};

/** Keys that name an entry of a list, wherever they stand. */
const NAMES: Record<string, List> = {
  accountable: 'people',
  by: 'people',
  assessedBy: 'people',
  acceptedBy: 'people',
  technicians: 'people',
  lead: 'people',
  sensorKeeper: 'people',
  gatewayKeeper: 'people',
  owner: 'people',
  proposer: 'people',
  activator: 'people',
  parent: 'assets',
  asset: 'assets',
  objective: 'objectives',
  failureMode: 'failureModes',
  signal: 'signals',
  crew: 'crews',
  checkJobPlan: 'jobPlans',
  repairJobPlan: 'jobPlans',
};

/** Ids used twice, and names that nothing bears. */
export function faultsOfReferences(plan: PlanYaml): Fault[] {
  const faults: Fault[] = [];
  const known = new Map<List, Set<string>>();
  for (const list of LISTS) {
    const ids = new Set<string>();
    (plan[list] ?? []).forEach(({ id }, i) => {
      if (ids.has(id)) {
        faults.push({
          path: `${list}.${i}.id`,
          code: 'E-PLAN-005',
          message: `The ${WORD[list]} "${id}" is described twice.`,
          mend: 'Give one of the two another id.',
        });
      }
      ids.add(id);
    });
    known.set(list, ids);
  }
  const named = (list: List, id: string, path: string): void => {
    const ids = known.get(list) as Set<string>;
    if (ids.has(id)) return;
    const near = nearest(id, [...ids]);
    faults.push({
      path,
      code: 'E-PLAN-006',
      message: `There is no ${WORD[list]} "${id}" in this file.`,
      mend: near ? `Did you mean "${near}"?` : `Describe it under "${list}", or correct the name.`,
    });
  };
  for (const list of LISTS) {
    (plan[list] ?? []).forEach((entry, i) => {
      visit(entry, `${list}.${i}`, named);
    });
  }
  return faults;
}

function visit(value: unknown, path: string, named: (list: List, id: string, path: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const list = NAMES[key];
    const at = `${path}.${key}`;
    if (key === 'inputs') visitInputs(child, at, named);
    else if (list && typeof child === 'string') named(list, child, at);
    else if (list && Array.isArray(child)) child.forEach((id, i) => named(list, String(id), `${at}.${i}`));
    else visit(child, at, named);
  }
}

/** Names of a rule to signals: the names are the rule's own. */
function visitInputs(
  value: unknown,
  path: string,
  named: (list: List, id: string, path: string) => void,
): void {
  for (const [name, signal] of Object.entries(value ?? {}))
    named('signals', String(signal), `${path}.${name}`);
}

/** What each entry must choose and the schema cannot say. */
export function faultsOfChoices(plan: PlanYaml): Fault[] {
  const faults: Fault[] = [];
  (plan.monitors ?? []).forEach(({ condition }, i) => {
    const given = kindsGiven(condition);
    if (given.length === 1) return;
    faults.push({
      path: `monitors.${i}.condition`,
      code: 'E-PLAN-007',
      message:
        given.length === 0
          ? 'The condition has no limit.'
          : `The condition has ${given.join(' and ')}; one monitor judges one thing.`,
      mend: 'Write exactly one of high, low, stale and kind; for a second limit write a second monitor.',
    });
  });
  (plan.signals ?? []).forEach(({ mqtt, file }, i) => {
    if ((mqtt === undefined) !== (file === undefined)) return;
    faults.push({
      path: `signals.${i}`,
      code: 'E-PLAN-007',
      message: mqtt ? 'The signal has two sources.' : 'The signal has no source.',
      mend: 'Write exactly one of mqtt and file.',
    });
  });
  return faults;
}

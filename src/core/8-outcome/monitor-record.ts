import type { MonitorDefinition, Rung } from '#monitor/events.ts';
import { isGuardedKind } from '#vocabulary/guarded.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { type Finding, isFalse, isTrue } from '#work/events.ts';
import { failureModeOf, judgedDefinition, type MonitorTally, type OutcomeState } from './state.ts';
import { type Interval, wilson } from './wilson.ts';

/** Verified precision a monitor owes, by the rung of its response (domain 4.6). */
export const PRECISION_TARGET: Record<Rung, number> = {
  'desk look': 0.3,
  'walk-by': 0.5,
  'intrusive check': 0.8,
  repair: 0.8,
};

/** From this many own findings on a monitor is judged by its own record alone. */
const OWN_FINDINGS = 10;
/** Likelihood scores of failures rarer than once in three years. */
const RARE_LIKELIHOOD = 2;
/** With fewer judged findings the upper bound proves nothing. */
export const MIN_JUDGED = 4;
/** As many wrong in a row ask for it to go back. */
export const WRONG_IN_A_ROW = 3;
/** Real, but process: as many ask for another limit. */
const PROCESS_TO_TUNE = 2;
const SILENT_MS = 365 * DAY_MS;

export interface Proposal {
  what: 'keep' | 'tune' | 'back to trial' | 'retire';
  /** the sentence people read beside it */
  because: string;
}

/** Monitors of one kind on one class of machines, judged together. */
export interface Pool {
  monitors: number;
  judged: number;
  stated: number;
  interval: Interval;
}

/** What a monitor did for its plant; no figure in it is about a person. */
export interface MonitorRecord {
  monitorId: MonitorId;
  /** notifications it made */
  cases: number;
  /** final answers, by kind */
  findings: Record<Finding, number>;
  /** findings that count for precision: as stated, other fault, nothing found, sensor */
  judged: number;
  stated: number;
  /** verified precision; null before the first judged finding */
  precision: number | null;
  /** 95 % */
  interval: Interval;
  /** its kind on its class of machines, itself included, while it has too few own findings; else null */
  pool: Pool | null;
  target: number;
  /** share of cases with a final answer other than `not checked`; null before the first case */
  checkedShare: number | null;
  visitH: number;
  /** avoidance not rejected; never added to the debits */
  creditMinor: Minor;
  /** needless work not rejected, in savings; not positive */
  debitMinor: Minor;
  proposal: Proposal;
}

/**
 * A monitor's record (own rule), on its own findings and, while they are few, on those of its kind.
 * @param nowMs plant time
 * @param pools of all kinds, where many records are made
 * @returns null for a monitor that was never described
 */
export function monitorRecord(
  state: OutcomeState,
  monitorId: MonitorId,
  nowMs: number,
  pools: ReadonlyMap<string, Pool> = poolsOf(state),
): MonitorRecord | null {
  const definition = judgedDefinition(state, monitorId);
  if (!definition) return null;
  const tally = state.tallies.get(monitorId) ?? {
    cases: 0,
    lastAlertMs: null,
    firstLiveMs: null,
    verdicts: [],
    visitH: 0,
  };
  const findings = countFindings(tally);
  const stated = findings['as stated'] + findings['other fault'];
  const judged = stated + findings['nothing found'] + findings.sensor;
  const checked = new Set(tally.verdicts.filter((v) => v.finding !== 'not checked').map((v) => v.caseId));
  const interval = wilson(stated, judged);
  const target = PRECISION_TARGET[definition.response?.rung ?? 'walk-by'];
  const kin = judged < OWN_FINDINGS ? pools.get(poolKeyOf(state, definition)) : undefined;
  const pool = kin && kin.monitors > 1 ? kin : null;
  const figures = { findings, judged, stated, interval, pool, target };
  const insurance = isInsurance(state, definition);
  return {
    monitorId,
    cases: tally.cases,
    ...figures,
    precision: judged === 0 ? null : stated / judged,
    checkedShare: tally.cases === 0 ? null : checked.size / tally.cases,
    visitH: tally.visitH,
    ...moneyOf(state, monitorId),
    proposal: propose(tally, figures, insurance, nowMs),
  };
}

/** Watches what must never happen, or what happens too rarely to credit it: judged on readiness, not on credits. */
function isInsurance(state: OutcomeState, definition: MonitorDefinition): boolean {
  const mode = failureModeOf(state, definition);
  if (isGuardedKind(mode.consequence?.kind)) return true;
  return (state.likelihood.get(mode.assetId) ?? Number.POSITIVE_INFINITY) <= RARE_LIKELIHOOD;
}

/** Same kind of fault, watched the same way, on the same class of machine. */
function poolKeyOf(state: OutcomeState, definition: MonitorDefinition): string {
  const mode = failureModeOf(state, definition);
  const equipmentClass = state.assets.get(mode.assetId)?.equipmentClass ?? '';
  return [equipmentClass, mode.group, definition.condition.kind, definition.response?.rung].join('\n');
}

/** Records of all kinds, by kind; a kind that one monitor stands for alone is in it too. */
export function poolsOf(state: OutcomeState): Map<string, Pool> {
  const pools = new Map<string, Pool>();
  for (const monitorId of state.monitors.keys()) {
    const definition = judgedDefinition(state, monitorId);
    if (!definition) continue;
    const kind = poolKeyOf(state, definition);
    const pool = pools.get(kind) ?? { monitors: 0, judged: 0, stated: 0, interval: wilson(0, 0) };
    pools.set(kind, pool);
    pool.monitors++;
    for (const { finding } of state.tallies.get(monitorId)?.verdicts ?? []) {
      if (isTrue(finding)) pool.stated++;
      if (isTrue(finding) || isFalse(finding)) pool.judged++;
    }
  }
  for (const pool of pools.values()) pool.interval = wilson(pool.stated, pool.judged);
  return pools;
}

type Figures = Pick<MonitorRecord, 'findings' | 'judged' | 'stated' | 'interval' | 'pool' | 'target'>;

function propose(tally: MonitorTally, figures: Figures, insurance: boolean, nowMs: number): Proposal {
  const { findings, target } = figures;
  const last = tally.verdicts
    .filter(({ finding }) => isTrue(finding) || isFalse(finding))
    .slice(-WRONG_IN_A_ROW);
  const { judged, stated, interval } = figures.pool ?? figures;
  const kind = figures.pool ? ' of its kind' : '';
  const record = judged === 0 ? 'No findings yet' : `${stated} of ${judged}${kind} were right`;
  if (judged >= MIN_JUDGED && interval.high < target) {
    const bound = interval.high.toFixed(3);
    return { what: 'back to trial', because: `${record}: at best ${bound}, below ${target}.` };
  }
  if (last.length === WRONG_IN_A_ROW && last.every(({ finding }) => isFalse(finding))) {
    return { what: 'back to trial', because: `The last ${WRONG_IN_A_ROW} visits were not needed.` };
  }
  const silentSinceMs = tally.lastAlertMs ?? tally.firstLiveMs;
  if (!insurance && silentSinceMs !== null && nowMs - silentSinceMs >= SILENT_MS) {
    return { what: 'retire', because: 'No alert in 12 months; retire it if its failure mode is closed.' };
  }
  if (findings.process >= PROCESS_TO_TUNE) {
    return { what: 'tune', because: `${findings.process} alerts were real, but process: move the limit.` };
  }
  if (judged >= MIN_JUDGED && stated / judged < target) {
    return { what: 'tune', because: `${record}, below ${target}; too few to say it for sure.` };
  }
  if (judged < MIN_JUDGED)
    return { what: 'keep', because: `${record}; fewer than ${MIN_JUDGED} say little.` };
  return { what: 'keep', because: `${record}, at least ${target}.` };
}

function countFindings(tally: MonitorTally): Record<Finding, number> {
  const counts: Record<Finding, number> = {
    'as stated': 0,
    'other fault': 0,
    'too early': 0,
    process: 0,
    'nothing found': 0,
    sensor: 0,
    'already known': 0,
    'not checked': 0,
  };
  for (const { finding } of tally.verdicts) counts[finding]++;
  return counts;
}

function moneyOf(state: OutcomeState, monitorId: MonitorId): { creditMinor: Minor; debitMinor: Minor } {
  let creditMinor = 0;
  let debitMinor = 0;
  for (const entry of state.entries.values()) {
    if (entry.monitorId !== monitorId || entry.status === 'rejected') continue;
    if (entry.amountMinor > 0) creditMinor += entry.amountMinor;
    else debitMinor += entry.amountMinor;
  }
  return { creditMinor, debitMinor };
}

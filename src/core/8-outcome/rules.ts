import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { CrewId, MonitorId } from '#vocabulary/ids.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import type { Rule } from '../stage.ts';
import type { OutcomeKnown } from './fold.ts';
import { type MonitorRecord, monitorRecord } from './monitor-record.ts';
import { definitionOf, failureModeOf, type OutcomeState } from './state.ts';

/**
 * After each final answer: three wrong in a row, or an upper bound below the target from four findings on, asks the
 * owner to send the monitor back to trial.
 */
export const judgeRecord: Rule<OutcomeState> = {
  name: 'judge-record',
  word: 'outcome',
  purpose: 'Asks the owner to send a monitor back to trial when its findings are below its target.',
  on(fact, state) {
    const known = fact as Recorded<OutcomeKnown>;
    if (known.type !== 'work.finding-given' && known.type !== 'work.order-finished') return [];
    const monitorId = state.cases.get(known.data.caseId)?.monitorId ?? '';
    const record = state.live.has(monitorId) ? monitorRecord(state, monitorId, known.atMs) : null;
    if (record?.proposal.what !== 'back to trial') return [];
    const data = { monitorId, what: 'back to trial' as const, because: record.proposal.because };
    return [{ id: `judge-record/${known.id}`, type: 'monitor.advise', actor: 'rule:judge-record', data }];
  },
};

/** With fewer findings a bound says nothing, and the noisiest goes instead. */
const MIN_FINDINGS = 5;

/**
 * A crew over its noise budget this week and the week before loses its least precise live monitor to trial; one that
 * guards people, food, environment or an A asset is not moved by a budget: its owner is asked.
 */
export const noiseOverBudget: Rule<OutcomeState> = {
  name: 'noise-over-budget',
  word: 'outcome',
  purpose:
    "Sends a crew's least precise monitor back to trial when its noise budget is exceeded two weeks running.",
  on(fact, state) {
    const known = fact as Recorded<OutcomeKnown>;
    if (known.type !== 'alert.noise-charged') return [];
    const { crewId } = known.data;
    const crew = state.crews.get(crewId);
    if (!crew) return [];
    const { noiseH } = noiseBudget(crew);
    const thisWeekH = lostH(state, crewId, known.atMs - WEEK_MS, known.atMs);
    const lastWeekH = lostH(state, crewId, known.atMs - 2 * WEEK_MS, known.atMs - WEEK_MS);
    if (thisWeekH <= noiseH || lastWeekH <= noiseH) return [];
    const worst = leastPrecise(state, crewId, known.atMs);
    if (!worst) return [];
    const weeks = `${lastWeekH.toFixed(1)} h, then ${thisWeekH.toFixed(1)} h of ${noiseH.toFixed(1)} h`;
    const because = `${crew.name} lost more than its noise budget two weeks running (${weeks}), ${worst.because}.`;
    return [sendOrAsk(state, worst.monitorId, because, known.id)];
  },
};

function sendOrAsk(state: OutcomeState, monitorId: MonitorId, because: string, factId: string): Command {
  const actor = 'rule:noise-over-budget' as const;
  const id = `noise-over-budget/${factId}`;
  if (isGuarded(state, monitorId)) {
    const data = { monitorId, what: 'back to trial' as const, because };
    return { id, type: 'monitor.advise', actor, data };
  }
  return { id, type: 'monitor.send-back-to-trial', actor, data: { monitorId, reason: because } };
}

const GUARDS = new Set(['safety', 'food-safety', 'environment']);

function isGuarded(state: OutcomeState, monitorId: MonitorId): boolean {
  const version = [...(state.monitors.get(monitorId)?.keys() ?? [])].at(-1) ?? 0;
  const mode = failureModeOf(state, definitionOf(state, monitorId, version));
  return GUARDS.has(mode.consequence?.kind ?? '') || state.criticalityClass.get(mode.assetId) === 'A';
}

/** Hours lost in (fromMs, toMs] on monitors that are still live: what already went back cannot go again. */
function lostH(state: OutcomeState, crewId: CrewId, fromMs: number, toMs: number): number {
  return state.lost
    .filter((one) => one.crewId === crewId && one.atMs > fromMs && one.atMs <= toMs)
    .filter((one) => state.live.has(one.monitorId))
    .reduce((sum, one) => sum + one.hours, 0);
}

function leastPrecise(
  state: OutcomeState,
  crewId: CrewId,
  nowMs: number,
): { monitorId: MonitorId; because: string } | null {
  const mine = [...state.live].filter(([, crew]) => crew === crewId).map(([monitorId]) => monitorId);
  const records = mine
    .map((monitorId) => monitorRecord(state, monitorId, nowMs))
    .filter((record): record is MonitorRecord => record !== null && record.judged >= MIN_FINDINGS)
    .sort((a, b) => a.interval.high - b.interval.high);
  const [worst] = records;
  if (worst) {
    const bound = worst.interval.high.toFixed(3);
    return { monitorId: worst.monitorId, because: `and this is its least precise monitor, at best ${bound}` };
  }
  const hours = new Map<MonitorId, number>();
  for (const one of state.lost) {
    if (one.crewId === crewId && state.live.has(one.monitorId))
      hours.set(one.monitorId, (hours.get(one.monitorId) ?? 0) + one.hours);
  }
  const [noisiest] = [...hours].sort((a, b) => b[1] - a[1]);
  if (!noisiest) return null;
  return { monitorId: noisiest[0], because: `and this is its noisiest monitor, ${noisiest[1].toFixed(1)} h` };
}

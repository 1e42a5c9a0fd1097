import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isGuardedBy } from '#vocabulary/guarded.ts';
import type { CrewId, MonitorId } from '#vocabulary/ids.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import type { Rule } from '../stage.ts';
import type { OutcomeKnown } from './fold.ts';
import { type MonitorRecord, monitorRecord } from './monitor-record.ts';
import { failureModeOf, judgedDefinition, type OutcomeState } from './state.ts';

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
    // an answer is a verdict for each monitor of a merged case
    const monitors = state.cases.get(known.data.caseId)?.monitors ?? [];
    return monitors.flatMap((monitorId) => {
      const record = state.live.has(monitorId) ? monitorRecord(state, monitorId, known.atMs) : null;
      if (record?.proposal.what !== 'back to trial') return [];
      const data = { monitorId, what: 'back to trial' as const, because: record.proposal.because };
      const id = `judge-record/${known.id}/${monitorId}`;
      return [{ id, type: 'monitor.advise', actor: 'rule:judge-record' as const, data }];
    });
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
    const mine = [...state.live].filter(([, crewOf]) => crewOf === crewId).map(([monitorId]) => monitorId);
    const worst = leastPrecise(state, mine, known.atMs);
    if (!worst) return [];
    const weeks = `${lastWeekH.toFixed(1)} h, then ${thisWeekH.toFixed(1)} h of ${noiseH.toFixed(1)} h`;
    const why = (one: Least): string =>
      `${crew.name} lost more than its noise budget two weeks running (${weeks}), ${one.because}.`;
    if (!isGuarded(state, worst.monitorId)) return [sendBack(worst.monitorId, why(worst), known.id)];
    // a monitor that may only be asked about shields neither the crew nor the others
    const others = mine.filter((monitorId) => !isGuarded(state, monitorId));
    const next = leastPrecise(state, others, known.atMs);
    const asked = ask(worst.monitorId, why(worst), known.id);
    return next ? [asked, sendBack(next.monitorId, why(next), known.id)] : [asked];
  },
};

const BY_BUDGET = 'rule:noise-over-budget' as const;

function ask(monitorId: MonitorId, because: string, factId: string): Command {
  const data = { monitorId, what: 'back to trial' as const, because };
  return { id: `noise-over-budget/${factId}/ask`, type: 'monitor.advise', actor: BY_BUDGET, data };
}

function sendBack(monitorId: MonitorId, reason: string, factId: string): Command {
  const data = { monitorId, reason };
  return { id: `noise-over-budget/${factId}`, type: 'monitor.send-back-to-trial', actor: BY_BUDGET, data };
}

function isGuarded(state: OutcomeState, monitorId: MonitorId): boolean {
  const definition = judgedDefinition(state, monitorId);
  if (!definition) return false;
  const mode = failureModeOf(state, definition);
  return isGuardedBy(mode.consequence?.kind, state.criticalityClass.get(mode.assetId));
}

/** Hours lost in (fromMs, toMs] on monitors that are still live: what already went back cannot go again. */
function lostH(state: OutcomeState, crewId: CrewId, fromMs: number, toMs: number): number {
  return state.lost
    .filter((one) => one.crewId === crewId && one.atMs > fromMs && one.atMs <= toMs)
    .filter((one) => state.live.has(one.monitorId))
    .reduce((sum, one) => sum + one.hours, 0);
}

interface Least {
  monitorId: MonitorId;
  because: string;
}

function leastPrecise(state: OutcomeState, among: readonly MonitorId[], nowMs: number): Least | null {
  const records = among
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
    if (among.includes(one.monitorId)) hours.set(one.monitorId, (hours.get(one.monitorId) ?? 0) + one.hours);
  }
  const [noisiest] = [...hours].sort((a, b) => b[1] - a[1]);
  if (!noisiest) return null;
  return { monitorId: noisiest[0], because: `and this is its noisiest monitor, ${noisiest[1].toFixed(1)} h` };
}

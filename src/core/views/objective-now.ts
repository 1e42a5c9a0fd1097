import { kpis } from '#outcome/kpi/all.ts';
import type { FinishedWork } from '#outcome/kpi/kpi.ts';
import type { Objective } from '#strategy/events.ts';
import { labourMinor } from '#vocabulary/money.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { SiteState } from '../flow.ts';
import type { Look } from './look.ts';

export interface ObjectiveNow {
  /** in the unit of the objective */
  now: number | null;
  words: string;
}

/** Under this much record a rate per month says nothing. */
const MIN_DAYS = 28;
/** Days of the time that a unit is per, by the word it names it with. */
const PER_DAYS: readonly [RegExp, number][] = [
  [/year|jahr/i, 365.25],
  [/month|monat|mois/i, 365.25 / 12],
  [/week|woche|semaine/i, 7],
];

/** Days of the time that a unit is per: 7 of `h a week`; undefined when it names no time. */
export function perDaysOf(unit: string): number | undefined {
  return PER_DAYS.find(([word]) => word.test(unit))?.[1];
}

/** The KPI of an objective as the orders of the period tell it, with what it rests on; or what is missing for it. */
export function objectiveNow({ state, nowMs }: Look, objective: Objective, fromMs: number): ObjectiveNow {
  const kpi = kpis.find((one) => one.word === objective.kpi);
  if (!kpi) return { now: null, words: `not measured: nobody knows the KPI "${objective.kpi}"` };
  const record = finishedSince(state, fromMs);
  const measured = kpi.measure(record.work);
  if ('missing' in measured) return { now: null, words: `not measured: ${measured.missing}` };
  const perDays = perDaysOf(objective.unit);
  if (perDays === undefined)
    return { now: null, words: `not measured: "${objective.unit}" names no week, month or year` };
  const days = (nowMs - Math.max(fromMs, record.firstLiveMs)) / DAY_MS;
  if (!(days >= MIN_DAYS)) {
    const has = Math.max(0, Math.floor(days));
    return { now: null, words: `not measured: needs ${MIN_DAYS} days of record, has ${has}` };
  }
  const n = record.work.length;
  if (n === 0) return { now: null, words: 'not measured: no order was finished in this time' };
  const orders = n === 1 ? '1 order' : `${n} orders`;
  return {
    now: (measured.total / days) * perDays,
    words: `from ${orders} in ${Math.round(days)} days; ${measured.leavesOut}`,
  };
}

function finishedSince({ work, strategy, outcome }: SiteState, fromMs: number) {
  let firstLiveMs = Number.POSITIVE_INFINITY;
  for (const { firstLiveMs: liveMs } of outcome.tallies.values()) {
    if (liveMs !== null) firstLiveMs = Math.min(firstLiveMs, liveMs);
  }
  const found: FinishedWork[] = [];
  for (const { finished, crewId, plannedDowntimeH, priority } of work.orders.values()) {
    if (!finished || finished.atMs < fromMs) continue;
    const { actualH, partsMinor, downtimeH, repaired } = finished;
    found.push({
      labourMinor: labourMinor(actualH, strategy.crews.get(crewId)?.rateMinorPerH ?? 0),
      partsMinor,
      downtimeH,
      plannedDowntimeH,
      urgent: priority === 1,
      repaired,
    });
  }
  return { work: found, firstLiveMs };
}

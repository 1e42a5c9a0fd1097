import type { CriticalityClass } from '#strategy/events.ts';
import { type Graded, weakerGrade } from '#vocabulary/grade.ts';
import { DAY_MS, dayStartMs, HOUR_MS, isoUtc } from '#vocabulary/time.ts';
import type { FinishBy } from './events.ts';

/** Share of the P-F interval kept back; A assets keep more (domain 2.4). */
export const MARGIN = 0.2;
export const MARGIN_A = 0.3;

/** Permits and planning take two working days even when no part is missing. */
export const PLANNING_LEAD_MS = 48 * HOUR_MS;

export interface FinishByInput {
  /** last good reading inside the limit; null when none was seen */
  lastInsideMs: number | null;
  conditionSinceMs: number;
  /** shortest plausible P-F interval, ms; null when the failure mode has none */
  pfMin: Graded | null;
  /** how soon somebody goes; stands in for a P-F interval that is not known */
  withinMs: number;
  criticality: CriticalityClass | null;
  /** planned duration of the whole job on the clock, hours */
  durationH: number;
  /** longest lead time of its parts, ms */
  partsLeadMs: number;
}

/**
 * The dates a case has to keep, domain 2.4: latest finish = t_P + PF_min - margin, latest start = latest finish -
 * planned duration, order by = latest start - max(parts lead, 2 working days). t_P is the last good reading inside the
 * limit, which is conservative; without one it is the start of the condition, and the date becomes a week.
 * @param nowMs plant time; `tooLate` when the order should already have been placed
 */
export function finishBy(input: FinishByInput, nowMs: number): FinishBy {
  const pfMs = input.pfMin?.value ?? null;
  const startMs = input.lastInsideMs ?? input.conditionSinceMs;
  const margin = input.criticality === 'A' ? MARGIN_A : MARGIN;
  const latestFinishMs =
    pfMs === null ? input.conditionSinceMs + input.withinMs : startMs + pfMs - Math.round(pfMs * margin);
  const latestStartMs = latestFinishMs - Math.round(input.durationH * HOUR_MS);
  const orderByMs = latestStartMs - Math.max(input.partsLeadMs, PLANNING_LEAD_MS);
  const known = input.pfMin?.grade ?? 'assumed';
  const grade = input.lastInsideMs === null ? weakerGrade(known, 'estimated') : known;
  return {
    latestFinishMs,
    latestStartMs,
    orderByMs,
    precision: grade === 'measured' ? 'date' : 'week',
    grade,
    tooLate: orderByMs < nowMs,
  };
}

/** ISO 8601 week: weeks begin on Monday, week 1 holds the first Thursday of the year. */
export function isoWeek(atMs: number): { year: number; week: number } {
  const weekday = (Math.floor(atMs / DAY_MS) + 3) % 7;
  const thursdayMs = dayStartMs(atMs) + (3 - weekday) * DAY_MS;
  const year = new Date(thursdayMs).getUTCFullYear();
  return { year, week: 1 + Math.floor((thursdayMs - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) };
}

/** `2026-12-18, from site data`, or `week 51 of 2026, from an estimate`. */
export function finishByWords({ latestFinishMs, precision, grade }: FinishBy): string {
  const source = { measured: 'from site data', estimated: 'from an estimate', assumed: 'from a guess' }[
    grade
  ];
  if (precision === 'date') return `${isoUtc(latestFinishMs).slice(0, 10)}, ${source}`;
  const { year, week } = isoWeek(latestFinishMs);
  return `week ${week} of ${year}, ${source}`;
}

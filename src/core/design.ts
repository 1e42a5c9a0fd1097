// What a limit would have done, told apart for the part of history it is chosen on and the part it is checked on.
import { type ConditionSpec, kindOf } from '#vocabulary/conditions/all.ts';
import { HOUR_MS, WEEK_MS } from '#vocabulary/time.ts';
import type { BacktestMonitor, KnownEvent } from './backtest.ts';
import type { History } from './backtest-history.ts';
import { type Notification, overlaps, type Run, runOver } from './backtest-run.ts';

/** Share of the history, its older part, on which a limit is chosen; the rest checks it. */
export const CHOSEN_SHARE = 0.7;
/** Marks and stretches a picture gets; more would lie on one another. */
export const MAX_MARKS = 300;

export interface DesignOptions {
  quietMs: number;
  /** null or none: nothing is scored and the limit is unproven */
  events: readonly KnownEvent[] | null;
  /** where the part it is chosen on ends, ms; null = after `CHOSEN_SHARE` of the time */
  splitAtMs: number | null;
  others: readonly History[];
}

/** One part of the history; times are ms, both ends included. */
export interface PartFigures {
  fromMs: number;
  toMs: number;
  alerts: number;
  notifications: number;
  alertsPerWeek: number | null;
  notificationsPerWeek: number | null;
  /** null without any known event in the whole history: the limit is unproven */
  score: {
    events: number;
    /** notifications that overlap any event, and those that overlap none */
    hits: number;
    wrong: number;
    caught: number;
    missed: number;
    /** of the caught ones, ascending */
    leadHours: number[];
  } | null;
}

export interface DesignFigures {
  whole: PartFigures;
  chosen: PartFigures;
  checked: PartFigures;
  /** openings of notifications, the latest `MAX_MARKS` */
  marks: { atMs: number; hit: boolean | null }[];
  blind: { fromMs: number; toMs: number | null }[];
  /** where a value lies on the signal's own axis it is judged against; null for conditions without such an edge */
  edge: { value: number; deadband: number; direction: 'high' | 'low' } | null;
}

/** One step of the profile: what another limit would have done on the whole history. */
export interface ProfileStep {
  limit: number;
  notifications: number;
  /** null without known events */
  hits: number | null;
  wrong: number | null;
  missed: number | null;
}

/** @returns figures of both parts; of an empty history all counts are 0 */
export function judgeDesign(
  history: History,
  monitor: BacktestMonitor,
  options: DesignOptions,
): DesignFigures {
  const run = runOver(history, monitor, options);
  const { firstMs, lastMs } = spanOf(run);
  const events = eventsWithin(options.events, firstMs, lastMs);
  const splitAtMs = options.splitAtMs ?? firstMs + (lastMs - firstMs) * CHOSEN_SHARE;
  const part = (fromMs: number, toMs: number): PartFigures => partOf(run, events, fromMs, toMs, lastMs);
  return {
    whole: part(firstMs, lastMs),
    chosen: part(firstMs, splitAtMs - 1),
    checked: part(splitAtMs, lastMs),
    marks: run.notifications.slice(-MAX_MARKS).map((one) => ({
      atMs: one.openedMs,
      hit: events === null ? null : isHit(one, events, lastMs),
    })),
    blind: blindOf(run).slice(-MAX_MARKS),
    edge: edgeOf(monitor.condition),
  };
}

/** The same condition with its limit moved along. */
export function profileStep(
  history: History,
  monitor: BacktestMonitor,
  limit: number,
  options: DesignOptions,
): ProfileStep {
  const condition = { ...monitor.condition, limit } as ConditionSpec;
  const run = runOver(history, { ...monitor, condition }, options);
  const { firstMs, lastMs } = spanOf(run);
  const { notifications, score } = partOf(
    run,
    eventsWithin(options.events, firstMs, lastMs),
    firstMs,
    lastMs,
    lastMs,
  );
  return {
    limit,
    notifications,
    hits: score?.hits ?? null,
    wrong: score?.wrong ?? null,
    missed: score?.missed ?? null,
  };
}

function spanOf({ told }: Run): { firstMs: number; lastMs: number } {
  return Number.isNaN(told.firstMs)
    ? { firstMs: 0, lastMs: 0 }
    : { firstMs: told.firstMs, lastMs: told.lastMs };
}

/** Nothing is known of an event outside the readings. */
function eventsWithin(
  events: readonly KnownEvent[] | null,
  firstMs: number,
  lastMs: number,
): KnownEvent[] | null {
  const within = events?.filter((event) => event.toMs >= firstMs && event.fromMs <= lastMs) ?? [];
  return within.length > 0 ? within : null;
}

function isHit(one: Notification, events: readonly KnownEvent[], lastMs: number): boolean {
  return events.some((event) => overlaps(one, event, lastMs));
}

function partOf(
  run: Run,
  events: readonly KnownEvent[] | null,
  fromMs: number,
  toMs: number,
  lastMs: number,
): PartFigures {
  const inside = (atMs: number): boolean => atMs >= fromMs && atMs <= toMs;
  const alerts = run.alerts.filter((one) => inside(one.raisedMs)).length;
  const mine = run.notifications.filter((one) => inside(one.openedMs));
  const weeks = (toMs - fromMs) / WEEK_MS;
  const rate = (count: number): number | null => (weeks > 0 ? count / weeks : null);
  const here = events?.filter((event) => inside(Math.min(event.atMs, lastMs))) ?? [];
  const leads = here.map((event) => {
    const first = run.notifications.find((one) => overlaps(one, event, lastMs));
    return first ? (event.atMs - first.openedMs) / HOUR_MS : null;
  });
  const leadHours = leads.filter((lead) => lead !== null).toSorted((a, b) => a - b);
  const hits = events ? mine.filter((one) => isHit(one, events, lastMs)).length : 0;
  return {
    fromMs,
    toMs: Math.max(fromMs, toMs),
    alerts,
    notifications: mine.length,
    alertsPerWeek: rate(alerts),
    notificationsPerWeek: rate(mine.length),
    score: events && {
      events: here.length,
      hits,
      wrong: mine.length - hits,
      caught: leadHours.length,
      missed: here.length - leadHours.length,
      leadHours,
    },
  };
}

function blindOf({ told }: Run): DesignFigures['blind'] {
  const blind: DesignFigures['blind'] = [];
  for (const change of told.changes) {
    const last = blind.at(-1);
    if (change.kind === 'signal-lost') blind.push({ fromMs: change.atMs, toMs: null });
    else if (change.kind === 'signal-back' && last) last.toMs = change.atMs;
  }
  return blind;
}

function edgeOf(condition: ConditionSpec): DesignFigures['edge'] {
  return kindOf(condition).edge?.(condition) ?? null;
}

import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { demand, demandId, demandKnown, problemsOf, refusalOf } from '#vocabulary/problems.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { DataOf } from './commands.ts';
import type { MonitorState } from './state.ts';

/** Events of one failure mode that people may mark; more would be a list, not a memory. */
export const MAX_EVENTS = 500;
/** No warning counts from further back than this. */
const LONGEST_MS = 366 * DAY_MS;

/** A breakdown that a person remembers: limits are scored against it. */
export function markEvent(
  state: MonitorState,
  data: DataOf<'monitor.mark-event'>,
  context: Context,
): Decision {
  const by = personOf(context.actor);
  if (by === null) return notByMachine();
  const problems = problemsOf('MONITOR');
  demandId(problems, state.site, data.eventId);
  demandKnown(problems, 'failure mode', data.failureModeId, state.failureModes);
  const { fromMs, atMs, toMs } = data;
  const ordered = fromMs <= atMs && atMs <= toMs && toMs - fromMs <= LONGEST_MS;
  const order = 'The stretch must hold the breakdown, and be no longer than a year.';
  demand(problems, ordered, 90, order, 'Set from, breakdown and to in this order.');
  const past = 'The breakdown lies in the future.';
  demand(problems, atMs <= context.nowMs, 91, past, 'Mark what has happened.');
  const wrong = refusalOf(problems);
  if (wrong) return wrong;
  const known = state.events.get(data.eventId);
  if (known) return saysTheSame(known, { ...data, by: known.by }) ? [] : marked(data.eventId);
  const ofMode = [...state.events.values()].filter((one) => one.failureModeId === data.failureModeId);
  if (ofMode.length >= MAX_EVENTS) {
    return refuse(
      'E-MONITOR-092',
      `${MAX_EVENTS} events of this failure mode are marked; no more are kept.`,
      'Remove those that no longer count.',
    );
  }
  return [{ type: 'monitor.event-marked', v: 1, data: { ...data, by } }];
}

export function unmarkEvent(
  state: MonitorState,
  { eventId }: DataOf<'monitor.unmark-event'>,
  context: Context,
): Decision {
  const by = personOf(context.actor);
  if (by === null) return notByMachine();
  return state.events.has(eventId) ? [{ type: 'monitor.event-unmarked', v: 1, data: { eventId, by } }] : [];
}

function marked(eventId: string): Decision {
  return refuse(
    'E-MONITOR-093',
    `"${eventId}" is marked already, with other times.`,
    'Remove the mark first, then mark it again.',
  );
}

function notByMachine(): Decision {
  return refuse(
    'E-MONITOR-094',
    'Breakdowns are marked by people who remember them.',
    'Sign in and do it in your own name.',
  );
}

// What a standing rule asks of an owner, and what becomes of it: nothing dies quietly.
import type { Context, Decision } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { workingDaysLaterMs } from './calendar.ts';
import type { DataOf } from './commands.ts';
import { accountableFor } from './deadlines.ts';
import type { MonitorFact } from './events.ts';
import { makesWork, TRIAL_MS } from './lifecycle.ts';
import { isGuarded } from './noise-budget.ts';
import { noReason, notLive, notTheOwner } from './refusals.ts';
import type { MonitorRecord, MonitorState } from './state.ts';

/** A guarded monitor's owner answers within this many working days; the others have a week until it takes effect. */
const GUARDED_DAYS = 2;
const USUAL_DAYS = 5;
const TUNE_MS = 30 * DAY_MS;

export function advise(
  state: MonitorState,
  monitor: MonitorRecord,
  { what, because }: DataOf<'monitor.advise'>,
  { nowMs }: Context,
): Decision {
  const version = monitor.inEffect === null ? undefined : monitor.versions.get(monitor.inEffect);
  if (!makesWork(monitor) || !version) {
    return notLive(monitor, 'Only a live monitor is asked about.');
  }
  const open = monitor.advice.find((one) => one.what === what);
  if (open?.because === because) return [];
  const guarded = isGuarded(state, version.definition);
  const back = what === 'back to trial';
  const unanswered = !back ? 'expires' : guarded ? 'stays open' : 'takes effect';
  // more of the same does not give more time
  const dueMs =
    open?.dueMs ?? (back ? workingDaysLaterMs(nowMs, guarded ? GUARDED_DAYS : USUAL_DAYS) : nowMs + TUNE_MS);
  const data = { monitorId: monitor.monitorId, what, because, dueMs, unanswered } as const;
  return [{ type: 'monitor.advice-given', v: 1, data }];
}

export function answerAdvice(
  state: MonitorState,
  monitor: MonitorRecord,
  { what, answer, reason }: DataOf<'monitor.answer-advice'>,
  by: PersonId,
  { nowMs }: Context,
): Decision {
  const open = monitor.advice.find((one) => one.what === what);
  if (!open || monitor.inEffect === null) {
    return refuse(
      'E-MONITOR-080',
      `Nobody asks whether "${monitor.monitorId}" should ${what === 'back to trial' ? 'go back to trial' : `be asked to ${what}`}.`,
      'It was answered, or its time is over; look at the monitor page.',
    );
  }
  const version = monitor.versions.get(monitor.inEffect) ?? null;
  if (by !== version?.definition.owner && by !== accountableFor(state, version)) {
    return notTheOwner(by, 'Let its owner answer, or who is accountable for the objective.');
  }
  if (reason.trim() === '') {
    return noReason('Say why; it is read with the record later.');
  }
  const { monitorId } = monitor;
  const facts: MonitorFact[] = [
    { type: 'monitor.advice-answered', v: 1, data: { monitorId, what, by, answer, reason } },
  ];
  if (answer === 'keep' || what === 'tune') return facts;
  if (what === 'retire') return [...facts, { type: 'monitor.retired', v: 1, data: { monitorId, reason } }];
  const back = { monitorId, version: monitor.inEffect, reason: open.because, endsAtMs: nowMs + TRIAL_MS };
  return [...facts, { type: 'monitor.sent-back-to-trial', v: 1, data: back }];
}

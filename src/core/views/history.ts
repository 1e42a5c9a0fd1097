import { shortId } from '#vocabulary/ids.ts';
import type { Matching, WorkCase } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import type { CaseEvent } from './shapes.ts';
import { notificationName } from './matching.ts';
import { waitsFor } from './rows.ts';

/** What happened on a case, oldest first, and what it waits for now. */
export function eventsOf(state: SiteState, work: WorkCase): CaseEvent[] {
  const events: CaseEvent[] = [...alertEvents(state, work), ...workEvents(state, work)];
  events.sort((a, b) => a.atMs - b.atMs);
  if (work.closedAtMs !== null) {
    events.push({
      atMs: work.closedAtMs,
      words: `Closed: ${work.closedBecause}`,
      personId: null,
      note: null,
      state: 'done',
    });
  } else {
    events.push({
      atMs: state.nowMs,
      words: `Waits for ${waitsFor(state, work)}`,
      personId: null,
      note: null,
      state: 'waits',
    });
  }
  return events;
}

function done(
  atMs: number,
  words: string,
  personId: string | null = null,
  note: string | null = null,
): CaseEvent {
  return { atMs, words, personId, note, state: 'done' };
}

function alertEvents(state: SiteState, work: WorkCase): CaseEvent[] {
  const events: CaseEvent[] = [];
  work.alerts.forEach((alertId, at) => {
    const alert = state.work.alerts.get(alertId);
    if (!alert) return;
    if (at === 0 && alert.lastInsideMs !== null)
      events.push(done(alert.lastInsideMs, 'Last reading inside the limit'));
    const joined = at === 0 ? 'Alert' : 'Alert joined this case';
    events.push(done(alert.raisedAtMs, `${joined} ${shortId(alertId)}`));
    if (alert.clearedAtMs !== null) events.push(done(alert.clearedAtMs, 'Back inside the limit'));
  });
  return events;
}

function workEvents(state: SiteState, work: WorkCase): CaseEvent[] {
  const events: CaseEvent[] = [];
  const notification = state.work.notifications.get(work.notificationId ?? '');
  if (notification) {
    const name = notificationName(notification);
    const words =
      notification.origin === 'alert' ? `Notification ${name}, work drafted` : `Reported as ${name}`;
    events.push(done(notification.createdAtMs, words, notification.by));
  }
  for (const matching of work.matchings) events.push(matchingEvent(state, matching));
  for (const orderId of work.orders) {
    const order = state.work.orders.get(orderId);
    if (!order) continue;
    const name = shortId(orderId);
    events.push(done(order.createdAtMs, `Draft accepted, order ${name}`, order.acceptedBy));
    if (order.startedAtMs !== null) events.push(done(order.startedAtMs, `${name} started`));
    if (order.finished) {
      const how = order.finished.repaired ? 'finished, repaired' : 'finished after the check';
      events.push(done(order.finished.atMs, `${name} ${how}`, order.finished.by));
    }
  }
  for (const given of work.findings) {
    events.push(done(given.givenAtMs, `${capital(given.moment)}: ${given.finding}`, given.by));
  }
  return events;
}

function matchingEvent(state: SiteState, { atMs, what, otherId, by, reason }: Matching): CaseEvent {
  const notification = state.work.notifications.get(otherId ?? '');
  const other = notification ? notificationName(notification) : shortId(otherId ?? '');
  const words: Record<Matching['what'], string> = {
    asked: `Asked: same fault as ${other}?`,
    same: `Same fault as notification ${other}`,
    'not the same': by === null ? 'Nobody answered: a notification of its own' : 'Not the same fault',
    merged: `Merged into ${other}`,
    'took in': `${other} merged into this case`,
    split: `${other} split off`,
    'split off': `Split off from ${other}`,
  };
  return done(atMs, words[what], by, by === null ? null : reason);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

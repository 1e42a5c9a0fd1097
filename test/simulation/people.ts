// What people do in the simulation: the next sensible step, and now and then one that the rules refuse.
import type { SiteState } from '#core/flow.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import type { Evidence, Finding } from '#work/events.ts';
import type { WorkCase, WorkOrder, WorkState } from '#work/state.ts';
import type { Random } from './random.ts';

const as = (name: string): Actor => `person:sim.${name}`;
const FINDINGS: readonly Finding[] = [
  'as stated',
  'as stated',
  'other fault',
  'too early',
  'process',
  'nothing found',
  'sensor',
  'already known',
  'not checked',
];
const EVIDENCE: readonly Evidence[] = ['strong', 'moderate', 'weak', 'none'];
type Wish = [actor: Actor, type: string, data: unknown];

export class People {
  readonly #random: Random;
  #given = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  next(state: SiteState, nowMs: number): Command {
    const random = this.#random;
    const work = this.#work(state, nowMs);
    const others = [...this.#money(state), ...this.#alerts(state), ...this.#limits(state, nowMs)];
    const wishes = work.length > 0 && random.chance(0.7) ? work : others;
    const nonsense: Wish = random.pick([
      [as('jo'), 'work.accept-draft', { draftId: 'sim.D-9999', dayMs: nowMs }],
      [as('tom'), 'work.finish-order', { orderId: 'sim.WO-0001', actualH: -1 }],
      [as('eva'), 'outcome.accept-entry', { entryId: 'sim.E-0001' }],
      [as('nobody'), 'work.release-order', { orderId: 'sim.WO-0001' }],
      [as('jo'), 'no.such', {}],
    ] satisfies Wish[]);
    const [actor, type, data] = wishes.length > 0 && random.chance(0.92) ? random.pick(wishes) : nonsense;
    return { id: `wish-${++this.#given}`, type, actor, data };
  }

  #work({ work }: SiteState, nowMs: number): Wish[] {
    const random = this.#random;
    const wishes: Wish[] = [];
    for (const caseId of work.open) {
      const theCase = work.cases.get(caseId) as WorkCase;
      const { openDraftId: draftId, openOrderId: orderId } = theCase;
      if (draftId !== null) {
        wishes.push(
          [as('jo'), 'work.accept-draft', { draftId, dayMs: nowMs + random.whole(0, 2) * DAY_MS }],
          ...Array.from(
            { length: 5 },
            (): Wish => [as('jo'), 'work.accept-draft', { draftId, dayMs: nowMs }],
          ),
          [as('jo'), 'work.reject-draft', { draftId, finding: 'process', reason: 'cleaning' }],
          this.#finding(theCase, nowMs, 'check'),
        );
      }
      const order = work.orders.get(orderId ?? '');
      if (!order) continue;
      const next: Record<WorkOrder['status'], Wish> = {
        created: [as('jo'), 'work.release-order', { orderId }],
        released: [as('tom'), 'work.start-order', { orderId }],
        started: this.#finish(order.orderId),
        finished: this.#finish(order.orderId),
      };
      wishes.push(...Array.from({ length: 6 }, () => next[order.status]), ...Object.values(next));
      if (order.status !== 'started') continue;
      for (let n = 0; n < 6; n++)
        wishes.push(this.#finding(theCase, nowMs, random.pick(['check', 'as found'])));
      wishes.push([as('jo'), 'plan.reschedule-order', { orderId, dayMs: nowMs + DAY_MS, reason: 'parts' }]);
    }
    wishes.push(...this.#matching(work, nowMs));
    for (const { notificationId } of work.notifications.values()) {
      if (random.chance(0.1)) {
        const cmmsNumber = String(10_000_000 + this.#given);
        wishes.push([as('jo'), 'work.record-notification-number', { notificationId, cmmsNumber }]);
      }
    }
    return wishes;
  }

  /** Reports, answers whether two are the same fault, merges and splits, some of them nonsense. */
  #matching(work: WorkState, nowMs: number): Wish[] {
    const random = this.#random;
    const wishes: Wish[] = [];
    const reason = 'looked at it';
    const ago = nowMs - random.whole(-1, 30) * MINUTE_MS;
    const said = { assetId: 'sim.M-1', textRef: 'text:0' };
    if (random.chance(0.05)) {
      const place = random.pick([null, 'drive end', 'nowhere']);
      const told = { ...said, position: place, group: null, seenAtMs: ago };
      wishes.push([as(random.pick(['tom', 'eva', 'jo'])), 'work.report', told]);
    }
    if (random.chance(0.05)) {
      const cmmsNumber = String(20_000_000 + this.#given);
      wishes.push([as('jo'), 'work.record-notification', { ...said, cmmsNumber, reportedAtMs: ago }]);
    }
    const open = [...work.open].map((caseId) => work.cases.get(caseId) as WorkCase);
    const ids = [...work.openNotifications, 'sim.N-0001'];
    for (const { caseId, offer, alerts } of open) {
      if (offer !== null) {
        const same = offer.candidates.map(
          ({ notificationId }): Wish => [as('jo'), 'work.append-to-notification', { caseId, notificationId }],
        );
        wishes.push(...same, [as('ada'), 'work.create-notification', { caseId, reason }]);
      }
      if (random.chance(0.1))
        wishes.push([as('jo'), 'work.append-to-notification', { caseId, notificationId: random.pick(ids) }]);
      if (random.chance(0.15)) {
        const { caseId: intoCaseId } = random.pick(open);
        wishes.push([as('ada'), 'work.merge-cases', { intoCaseId, caseId, reason }]);
      }
      if (alerts.length < 2 || random.chance(0.5)) continue;
      const alertIds = alerts.filter(() => random.chance(0.5));
      wishes.push([as('jo'), 'work.split-case', { caseId, alertIds, reason }]);
    }
    if (random.chance(0.05)) {
      wishes.push([as('jo'), 'work.close-notification', { notificationId: random.pick(ids), reason }]);
    }
    return wishes;
  }

  #finding({ caseId }: WorkCase, nowMs: number, moment: string): Wish {
    const random = this.#random;
    const finding = random.pick(FINDINGS);
    const lookAgainMs = finding === 'too early' ? nowMs + random.whole(1, 30) * HOUR_MS : null;
    const hours = random.whole(0, 3) / 2;
    const data = {
      caseId,
      moment,
      finding,
      evidence: random.pick(EVIDENCE),
      lookAgainMs,
      hours,
      noteRef: null,
    };
    return [as(random.pick(['tom', 'eva'])), 'work.give-finding', data];
  }

  #finish(orderId: string): Wish {
    const random = this.#random;
    const data = {
      orderId,
      actualH: random.whole(0, 9),
      partsMinor: 38_000,
      downtimeH: 1,
      repaired: random.chance(0.8),
    };
    return [as('tom'), 'work.finish-order', data];
  }

  #money({ outcome }: SiteState): Wish[] {
    return [...outcome.entries.values()].flatMap(({ entryId, status }): Wish[] => {
      if (status === 'estimated') return [[as('mara'), 'outcome.verify-entry', { entryId }]];
      if (status !== 'verified') return [];
      return [
        [as('finn'), 'outcome.accept-entry', { entryId }],
        [as('finn'), 'outcome.reject-entry', { entryId, reason: 'counted twice' }],
      ];
    });
  }

  #alerts({ alert }: SiteState): Wish[] {
    return [...alert.active.values()].flatMap((alertId): Wish[] => [
      [as('jo'), 'alert.acknowledge', { alertId }],
      [as('eva'), 'alert.answer-trial', { alertId, wouldGo: this.#random.chance(0.5) }],
    ]);
  }

  /** One step of a limit that moves: changed, judged on history, proposed, signed, live. */
  #limits({ monitor }: SiteState, nowMs: number): Wish[] {
    const random = this.#random;
    const id = random.pick(['temp-low', 'vib-component', 'vib-bearing', 'temp-trial']);
    const record = monitor.monitors.get(`sim.${id}`);
    const number = record?.candidate ?? record?.inEffect ?? 0;
    const version = record?.versions.get(number);
    if (!record || !version) return [];
    const about = { monitorId: record.monitorId, version: version.version };
    if (record.lifecycle !== 'live' || record.candidate !== null) {
      const calm = { from: nowMs - 30 * DAY_MS, to: nowMs, samples: 9_000, alerts: 0, notifications: 0 };
      const rates = {
        alertsPerWeek: 0,
        notificationsPerWeek: 0,
        events: null,
        caught: null,
        precision: null,
      };
      const backtest = { ...about, ...calm, ...rates, leadHours: [], inHindsight: false, dataHash: 'calm' };
      return [
        [as('ada'), 'monitor.record-backtest', backtest],
        [as('ada'), 'monitor.propose', about],
        [as('tom'), 'monitor.sign-off', { ...about, as: 'technician' }],
        [as('mara'), 'monitor.activate', about],
        [as('mara'), 'monitor.activate', about],
      ];
    }
    const { condition } = version.definition;
    if (condition.kind !== 'limit') return [];
    const definition: MonitorDefinition = {
      ...version.definition,
      condition: { ...condition, limit: condition.limit + random.whole(-2, 2) },
    };
    const { monitorId } = record;
    return [
      [as('ada'), 'monitor.change', { monitorId, definition, reason: 'moved' }],
      ...(random.chance(0.1)
        ? ([[as('mara'), 'monitor.send-back-to-trial', { monitorId, reason: 'too noisy' }]] satisfies Wish[])
        : []),
    ];
  }
}

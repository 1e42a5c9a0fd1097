import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { at, booked, finding, MECHANIC, PLANNER, Plant, startOrder } from './plant.ts';
import { f, measured } from './pump.ts';

const CASE = { caseId: 'p1200.C-0001' };

function repaired(plant: Plant): void {
  const orderId = startOrder(plant);
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'as found', 'as stated', { evidence: 'strong' }));
  plant.run(MECHANIC, 'work.finish-order', booked(orderId));
}

it('appends to the open case and never makes a second notification, draft or order', () => {
  const plant = new Plant();
  plant.raise();
  plant.clear();
  plant.nowMs = at(0, 20);
  expect(plant.raise().map((fact) => fact.type)).toEqual([
    'detect.raised',
    'alert.raised',
    'work.alert-appended',
  ]);
  startOrder(plant);
  plant.clear();
  plant.nowMs = at(0, 22);
  plant.raise();
  expect(plant.count('work.alert-appended')).toBe(2);
  expect(plant.count('work.notification-created')).toBe(1);
  expect(plant.count('work.draft-prepared')).toBe(1);
  expect(plant.count('work.order-created')).toBe(1);
});

it('joins at the last moment of quiet time and opens another case after it', () => {
  for (const [lateMs, cases] of [
    [0, 1],
    [1, 2],
  ] as const) {
    const plant = new Plant();
    plant.raise();
    plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'nothing found'));
    plant.clear();
    plant.nowMs = at(1, 0) + lateMs;
    plant.raise();
    expect(plant.count('work.case-opened')).toBe(cases);
    expect(plant.count('work.case-closed')).toBe(cases - 1);
    expect(plant.count('work.draft-prepared')).toBe(2);
  }
});

it('does not go again for an alert that the last answer explains', () => {
  const plant = new Plant();
  plant.raise();
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'process', { hours: 1 }));
  plant.clear();
  plant.nowMs = at(0, 5);
  plant.raise();
  expect(plant.count('work.alert-appended')).toBe(1);
  expect(plant.count('work.draft-prepared')).toBe(1);
  expect(plant.count('outcome.entry-booked')).toBe(0);
  expect(plant.count('alert.noise-charged')).toBe(0);
});

it('treats an alert during the proof as rework, and the proof starts anew', () => {
  const plant = new Plant();
  plant.raise();
  plant.clear();
  repaired(plant);
  plant.nowMs = at(0, 6);
  plant.raise();
  expect(plant.count('work.draft-prepared')).toBe(2);
  plant.clear();
  repaired(plant);
  expect(plant.last('work.proof-started')).toEqual({ ...CASE, holdsUntilMs: at(0, 18) });
  expect(plant.count('work.order-created')).toBe(2);
  plant.wait(at(1, 6));
  expect(plant.last('work.case-closed')).toMatchObject({ closedAtMs: at(1, 6) });
});

it('reopens a closed case as rework within quiet time after the finish', () => {
  const plant = new Plant();
  plant.raise();
  plant.clear();
  plant.wait(at(0, 20));
  repaired(plant);
  plant.wait(at(1, 9));
  expect(plant.count('work.case-closed')).toBe(1);
  plant.wait(at(1, 19));
  plant.raise();
  expect(plant.last('work.case-reopened')).toMatchObject({ ...CASE, reason: 'rework' });
  expect(plant.count('work.notification-created')).toBe(1);
  expect(plant.last('work.draft-prepared')).toMatchObject({
    ...CASE,
    draftId: 'p1200.D-0002',
  });
  plant.clear();
  repaired(plant);
  expect(plant.count('outcome.entry-booked')).toBe(1);
});

it('keeps a case open until the alert has cleared, whatever was found', () => {
  const plant = new Plant();
  plant.raise();
  repaired(plant);
  plant.wait(at(20, 0));
  expect(plant.count('work.case-closed')).toBe(0);
  plant.clear();
  plant.wait(at(21, 0));
  expect(plant.last('work.case-closed')).toMatchObject({ closedAtMs: at(21, 0) });
});

it('prepares a second look after "too early" and another repair after a fault that was left', () => {
  const plant = new Plant();
  plant.raise();
  let orderId = startOrder(plant);
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'too early', { lookAgainMs: at(2, 8) }));
  plant.run(MECHANIC, 'work.finish-order', booked(orderId, { actualH: 1, partsMinor: 0, repaired: false }));
  expect(plant.last('work.draft-prepared')).toMatchObject({ draftId: 'p1200.D-0002', notBeforeMs: at(2, 8) });
  expect(plant.last('plan.day-proposed')).toMatchObject({ dayMs: at(2, 0) });
  plant.nowMs = at(2, 9);
  orderId = startOrder(plant);
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'as stated', { evidence: 'moderate' }));
  plant.run(MECHANIC, 'work.finish-order', booked(orderId, { actualH: 1, partsMinor: 0, repaired: false }));
  expect(plant.count('work.draft-prepared')).toBe(3);
  expect(plant.count('outcome.entry-booked')).toBe(0);
  repaired(plant);
  expect(plant.last('outcome.entry-booked')).toMatchObject({ calculation: { hours: 9 } });
});

it('tells the owner once when nobody answers, and never lets a step die quietly', () => {
  const plant = new Plant();
  plant.raise();
  plant.wait(at(3, 0));
  const asked = plant.facts.filter((fact) => fact.type === 'work.escalated').map((fact) => fact.data);
  expect(asked).toEqual([{ ...CASE, about: 'draft', to: 'marta', atMs: at(1, 0) }]);
  startOrder(plant);
  plant.wait(at(6, 0));
  expect(plant.last('work.escalated')).toEqual({ ...CASE, about: 'finding', to: 'marta', atMs: at(5, 0) });
  expect(plant.count('work.escalated')).toBe(2);
});

it('tells the owner of an order that nobody started in time', () => {
  const plant = new Plant();
  plant.raise();
  const { draftId, finishBy } = plant.last('work.draft-prepared');
  plant.run(PLANNER, 'work.accept-draft', { draftId, dayMs: at(1, 0) });
  plant.wait(finishBy.latestStartMs);
  expect(plant.last('work.escalated')).toMatchObject({ about: 'too late', atMs: finishBy.latestStartMs });
});

it('asks the owner at once when planned work comes too late', () => {
  const plant = new Plant({ mode: { pfMinMs: measured(2 * DAY_MS) } });
  const opened = plant.raise().map((fact) => fact.type);
  expect(opened).toContain('work.escalated');
  const { finishBy, priority } = plant.last('work.case-opened');
  expect(priority).toBe(1);
  expect(finishBy).toMatchObject({ tooLate: true, precision: 'date' });
  expect(plant.last('work.draft-prepared').answerByMs).toBe(plant.nowMs + 8 * HOUR_MS);
  expect(plant.last('plan.day-proposed')).toMatchObject({ dayMs: at(0, 0) });
});

it('keeps to the order of the steps, and says why not', () => {
  const plant = new Plant();
  plant.raise();
  const { draftId } = plant.last('work.draft-prepared');
  const asFound = finding(plant, 'as found', 'as stated');
  expect(plant.refusal(PLANNER, 'work.accept-draft', { draftId: 'p1200.D-0009', dayMs: null })).toBe(
    'E-WORK-006',
  );
  expect(plant.refusal(PLANNER, 'work.accept-draft', { draftId, dayMs: null })).toBe('E-WORK-008');
  expect(plant.refusal(PLANNER, 'work.accept-draft', { draftId, dayMs: at(-1, 0) })).toBe('E-WORK-009');
  expect(plant.refusal(PLANNER, 'work.reject-draft', { draftId, finding: 'as stated', reason: 'x' })).toBe(
    'E-WORK-010',
  );
  expect(plant.refusal(PLANNER, 'work.reject-draft', { draftId, finding: 'sensor', reason: ' ' })).toBe(
    'E-WORK-011',
  );
  expect(plant.refusal(MECHANIC, 'work.give-finding', asFound)).toBe('E-WORK-017');
  plant.run(PLANNER, 'work.accept-draft', { draftId, dayMs: at(1, 9) });
  expect(plant.refusal(PLANNER, 'work.accept-draft', { draftId, dayMs: at(1, 0) })).toBe('E-WORK-007');
  const orderId = 'p1200.WO-0001';
  expect(plant.refusal(MECHANIC, 'work.start-order', { orderId })).toBe('E-WORK-013');
  expect(plant.refusal(MECHANIC, 'work.give-finding', finding(plant, 'check', 'as stated'))).toBe(
    'E-WORK-016',
  );
  plant.run(PLANNER, 'work.release-order', { orderId });
  expect(plant.refusal(PLANNER, 'work.release-order', { orderId })).toBe('E-WORK-013');
  expect(plant.refusal(MECHANIC, 'work.finish-order', booked(orderId))).toBe('E-WORK-013');
  plant.run(MECHANIC, 'work.start-order', { orderId });
  expect(plant.refusal(MECHANIC, 'work.finish-order', booked(orderId))).toBe('E-WORK-020');
  expect(plant.refusal(MECHANIC, 'work.give-finding', finding(plant, 'check', 'too early'))).toBe(
    'E-WORK-024',
  );
  expect(plant.refusal(MECHANIC, 'work.give-finding', finding(plant, 'check', 'broken'))).toBe('E-WORK-019');
  plant.run(MECHANIC, 'work.give-finding', asFound);
  expect(plant.refusal(MECHANIC, 'work.finish-order', booked(orderId, { actualH: -1 }))).toBe('E-WORK-022');
  plant.run(MECHANIC, 'work.finish-order', booked(orderId));
  expect(plant.refusal(MECHANIC, 'work.give-finding', finding(plant, 'check', 'as stated'))).toBe(
    'E-WORK-018',
  );
});

it("takes a planner's rejection as a finding and the number of the CMMS once", () => {
  const plant = new Plant();
  plant.raise();
  const notificationId = 'p1200.N-0001';
  const number = 'work.record-notification-number';
  plant.run(PLANNER, number, { notificationId, cmmsNumber: ' 10004711 ' });
  expect(plant.last('work.notification-number-recorded')).toMatchObject({ cmmsNumber: '10004711' });
  expect(plant.run(PLANNER, number, { notificationId, cmmsNumber: '10004711' })).toEqual([]);
  expect(plant.refusal(PLANNER, number, { notificationId, cmmsNumber: '' })).toBe('E-WORK-004');
  const draftId = 'p1200.D-0001';
  plant.run(PLANNER, 'work.reject-draft', { draftId, finding: 'already known', reason: 'order 4000099' });
  expect(plant.last('work.finding-given')).toMatchObject({ moment: 'screening', finding: 'already known' });
  plant.clear();
  plant.wait(at(2, 0));
  expect(plant.last('work.case-closed')).toMatchObject({ reason: 'answered: already known' });
  plant.nowMs = at(4, 0);
  plant.raise();
  const second = { notificationId: 'p1200.N-0002', cmmsNumber: '10004711' };
  expect(plant.refusal(PLANNER, number, second)).toBe('E-WORK-005');
});

it('moves a planned order only with a reason and to a day that comes', () => {
  const plant = new Plant();
  plant.raise();
  const { draftId } = plant.last('work.draft-prepared');
  plant.run(PLANNER, 'work.accept-draft', { draftId, dayMs: at(1, 0) });
  const orderId = 'p1200.WO-0001';
  const move = 'plan.reschedule-order';
  expect(plant.refusal(PLANNER, move, { orderId, dayMs: at(2, 0), reason: '' })).toBe('E-PLAN-105');
  expect(plant.refusal(PLANNER, move, { orderId, dayMs: at(-2, 0), reason: 'x' })).toBe('E-PLAN-104');
  expect(plant.refusal(PLANNER, move, { orderId, dayMs: Number.NaN, reason: 'x' })).toBe('E-PLAN-104');
  plant.run(PLANNER, move, { orderId, dayMs: at(3, 13), reason: 'product change' });
  expect(plant.last('plan.order-rescheduled')).toMatchObject({
    fromDayMs: at(1, 0),
    dayMs: at(3, 0),
    by: 'juergen',
  });
  expect(plant.state.plan.orders.get(orderId)?.moves).toHaveLength(1);
});

it('makes no work of a trial, until it goes live while the condition holds', () => {
  const plant = new Plant({ live: false });
  plant.raise();
  expect(plant.last('alert.raised')).toMatchObject({ alertId: 'p1200.A-0001', trial: true });
  expect(plant.count('work.case-opened')).toBe(0);
  plant.goLive();
  expect(plant.last('alert.raised')).toMatchObject({ alertId: 'p1200.A-0002', trial: false });
  expect(plant.count('work.case-opened')).toBe(1);
  plant.clear();
  expect(plant.last('alert.cleared')).toMatchObject({ alertId: 'p1200.A-0002' });
});

it('ends the alert of a monitor that is retired, so that its case can close', () => {
  const plant = new Plant();
  plant.raise();
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'nothing found'));
  plant.tell(f('monitor.retired', { monitorId: 'p1200.P-201-envelope', reason: 'pump removed' }));
  expect(plant.count('alert.cleared')).toBe(1);
  plant.wait(at(2, 0));
  expect(plant.count('work.case-closed')).toBe(1);
});

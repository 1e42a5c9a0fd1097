import { evolveSite, initialState } from '#core/flow.ts';
import { noiseH } from '#alert/state.ts';
import { monitorRecord } from '#outcome/monitor-record.ts';
import { expect, it } from 'vitest';
import { at, booked, ENGINEER, FINANCE, finding, MECHANIC, PLANNER, Plant, startOrder } from './plant.ts';
import { MONITOR, SITE } from './pump.ts';

it('carries a bearing from the alert to money that finance may accept', () => {
  const plant = new Plant();
  plant.wait(at(0, 7));
  const types = plant.raise().map((fact) => fact.type);
  expect(types).toEqual([
    'detect.raised',
    'alert.raised',
    'work.case-opened',
    'work.notification-created',
    'work.draft-prepared',
    'plan.day-proposed',
  ]);
  const note = plant.last('work.notification-created');
  expect(note.shortText).toBe('P-201 DE bearing envelope high, check');
  expect(note.longText).toContain('6.2 gE against the high limit 4 gE');
  expect(note.longText).toContain('Finish by week 53 of 2026, from an estimate.');
  expect(note.longText.endsWith('/work/case/p1200.C-0001')).toBe(true);
  expect(plant.last('plan.day-proposed')).toMatchObject({ dayMs: at(1, 0), workH: 7 });

  plant.wait(at(1, 8));
  const look = finding(plant, 'check', 'too early', { lookAgainMs: at(2, 8), hours: 1 });
  plant.run(MECHANIC, 'work.give-finding', look);
  expect(plant.count('work.draft-prepared')).toBe(1);
  expect(plant.count('outcome.entry-booked')).toBe(0);

  plant.wait(at(3, 13));
  const orderId = startOrder(plant);
  expect(plant.last('plan.order-scheduled')).toMatchObject({ orderId, dayMs: at(3, 0), by: 'juergen' });
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'as stated', { evidence: 'moderate' }));
  expect(plant.refusal(MECHANIC, 'work.finish-order', booked(orderId))).toBe('E-WORK-021');
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'as found', 'as stated', { evidence: 'strong' }));
  plant.clear();
  plant.nowMs = at(3, 15);
  plant.run(MECHANIC, 'work.finish-order', booked(orderId));
  expect(plant.last('work.proof-started')).toEqual({ caseId: 'p1200.C-0001', holdsUntilMs: at(4, 3) });

  const entry = plant.last('outcome.entry-booked');
  expect(entry).toMatchObject({ ledger: 'avoidance', amountMinor: 1_238_720, grade: 'estimated', orderId });
  expect(entry.calculation).toMatchObject({
    pLate: 0.7,
    pCaught: 0.3,
    hours: 8,
    unplannedMinor: 2_610_000,
    plannedMinor: 82_000,
    capped: false,
  });

  plant.wait(at(5, 0));
  expect(plant.last('work.case-closed')).toMatchObject({
    closedAtMs: at(4, 13),
    reason: 'repair proved, no alert since',
  });
  const { entryId } = entry;
  expect(plant.refusal(FINANCE, 'outcome.accept-entry', { entryId })).toBe('E-OUTCOME-004');
  plant.run(ENGINEER, 'outcome.verify-entry', { entryId });
  plant.run(FINANCE, 'outcome.accept-entry', { entryId });
  expect(plant.state.outcome.entries.get(entryId)?.status).toBe('accepted');
  expect(plant.refusal(FINANCE, 'outcome.reject-entry', { entryId, reason: 'late' })).toBe('E-OUTCOME-004');
});

it('books a visit for nothing as a debit, charges the noise budget once and withdraws the draft', () => {
  const plant = new Plant();
  plant.raise();
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'nothing found', { hours: 1.5 }));
  expect(plant.last('work.draft-answered')).toMatchObject({ answer: 'withdrawn' });
  expect(plant.last('outcome.entry-booked')).toMatchObject({
    ledger: 'savings',
    amountMinor: -8_250,
    grade: 'measured',
    orderId: null,
  });
  const charge = plant.facts.find((fact) => fact.type === 'alert.noise-charged');
  expect(charge?.actor).toBe('rule:charge-noise');
  expect(noiseH(plant.state.alert, 'p1200.MECH-B', at(0, 0), at(7, 0))).toBe(1.5);
  plant.clear();
  plant.wait(at(1, 1));
  expect(plant.last('work.case-closed')).toMatchObject({
    reason: 'answered: nothing found',
    closedAtMs: at(1, 0),
  });
  const record = monitorRecord(plant.state.outcome, MONITOR, plant.nowMs);
  expect(record).toMatchObject({
    judged: 1,
    stated: 0,
    precision: 0,
    debitMinor: -8_250,
    creditMinor: 0,
    visitH: 1.5,
  });
  expect(record?.proposal.what).toBe('keep');
});

it('sends a monitor back after three visits for nothing', () => {
  const plant = new Plant();
  for (let day = 0; day < 9; day += 3) {
    plant.wait(at(day, 6));
    plant.raise();
    plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'nothing found', { hours: 1 }));
    plant.clear();
  }
  expect(plant.count('work.case-opened')).toBe(3);
  expect(monitorRecord(plant.state.outcome, MONITOR, plant.nowMs)?.proposal.what).toBe('back to trial');
});

it('never books more than the failure mode lost a year, nor twice for the same failure', () => {
  const plant = new Plant({
    mode: { baselineLossMinorPerYear: { value: 1_500_000, grade: 'measured', by: null, source: null } },
  });
  const amounts: [number, boolean][] = [];
  for (let day = 0; day < 14; day += 7) {
    plant.wait(at(day, 6));
    plant.raise();
    const orderId = startOrder(plant);
    plant.run(MECHANIC, 'work.give-finding', finding(plant, 'as found', 'as stated', { evidence: 'strong' }));
    plant.clear();
    plant.run(MECHANIC, 'work.finish-order', booked(orderId, { actualH: 8 }));
    const entry = plant.last('outcome.entry-booked');
    amounts.push([entry.amountMinor, entry.calculation.capped]);
  }
  expect(amounts).toEqual([
    [1_238_720, false],
    [261_280, true],
  ]);
  plant.nowMs += 3_600_000;
  plant.raise();
  expect(plant.count('work.case-opened')).toBe(2);
  const orderId = startOrder(plant);
  expect(plant.last('work.order-created').caseId).toBe('p1200.C-0002');
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'as found', 'as stated', { evidence: 'strong' }));
  plant.run(MECHANIC, 'work.finish-order', booked(orderId));
  expect(plant.count('outcome.entry-booked')).toBe(2);
});

it('books no accepted money on an assumption', () => {
  const plant = new Plant({ mode: { baselineLossMinorPerYear: null } });
  plant.raise();
  const orderId = startOrder(plant);
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'as found', 'other fault', { evidence: 'weak' }));
  plant.run(MECHANIC, 'work.finish-order', booked(orderId));
  const entry = plant.last('outcome.entry-booked');
  expect(entry).toMatchObject({ grade: 'assumed', finding: 'other fault' });
  plant.run(ENGINEER, 'outcome.verify-entry', { entryId: entry.entryId });
  expect(plant.refusal(FINANCE, 'outcome.accept-entry', { entryId: entry.entryId })).toBe('E-OUTCOME-005');
  expect(plant.refusal(PLANNER, 'outcome.accept-entry', { entryId: entry.entryId })).not.toBe('done');
});

it('folds its own journal to the same state', () => {
  const plant = new Plant();
  plant.raise();
  const orderId = startOrder(plant);
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'as found', 'as stated', { evidence: 'strong' }));
  plant.run(MECHANIC, 'work.finish-order', booked(orderId));
  plant.clear();
  plant.wait(at(9, 0));
  const again = initialState(SITE);
  for (const fact of plant.facts) evolveSite(again, fact);
  expect(again).toEqual(plant.state);
  expect(structuredClone(plant.state)).toEqual(again);
});

import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { JO, MONDAY, Room } from './matching.fixture.ts';

const C1 = 's.C-0001';
const C2 = 's.C-0002';
const reason = 'looked at it';

/** Two cases of one pump; the second gets a notification of its own. */
function twoCases(): Room {
  const room = new Room();
  room.raise('bearing', 's.PUMP');
  room.raise('seal', 's.PUMP');
  room.run('work.create-notification', { caseId: C2, reason });
  return room;
}

describe('a merge', () => {
  const merge = { intoCaseId: C1, caseId: C2, reason };

  it('moves alerts, withdraws the draft, ends the notification and leads later alerts to the first', () => {
    const room = twoCases();
    expect(room.run('work.merge-cases', merge)).toEqual([
      'work.draft-answered',
      'work.cases-merged',
      'work.case-closed',
      'work.notification-closed',
    ]);
    const { cases, notifications, openNotifications } = room.state;
    expect(cases.get(C1)).toMatchObject({ alerts: ['s.A-1', 's.A-2'], active: ['s.A-1', 's.A-2'] });
    expect(cases.get(C2)).toMatchObject({ alerts: [], mergedInto: C1, closedBecause: 'merged into C-0001' });
    expect(notifications.get('s.N-0002')).toMatchObject({ duplicateOf: 's.N-0001' });
    expect([...openNotifications]).toEqual(['s.N-0001']);
    room.clear('s.A-2');
    expect(cases.get(C1)?.active).toEqual(['s.A-1']);
    expect(room.raise('seal', 's.PUMP')).toEqual(['work.alert-appended']);
  });

  it('takes an open order along when the first has none, and its draft gives way', () => {
    const room = twoCases();
    const orderId = room.start(C2);
    expect(room.run('work.merge-cases', merge)).toEqual([
      'work.draft-answered',
      'work.cases-merged',
      'work.case-closed',
      'work.notification-closed',
    ]);
    expect(room.state.cases.get(C1)).toMatchObject({ openDraftId: null, openOrderId: orderId });
    const found = {
      moment: 'as found',
      finding: 'as stated',
      evidence: 'strong',
      lookAgainMs: null,
      hours: 0,
    };
    room.run('work.give-finding', { caseId: C1, ...found, noteRef: null });
    const done = { orderId, actualH: 1, partsMinor: 0, downtimeH: 0, repaired: true };
    expect(room.run('work.finish-order', done)).toEqual(['work.order-finished', 'work.proof-started']);
    for (const alertId of ['s.A-1', 's.A-2']) room.clear(alertId);
    expect(room.wait(MONDAY + DAY_MS)).toEqual(['work.case-closed']);
    expect(room.state.cases.get(C1)?.closedBecause).toBe('repair proved, no alert since');
  });

  it('is refused while both have an open order', () => {
    const room = twoCases();
    room.start(C1);
    room.start(C2);
    expect(room.run('work.merge-cases', merge)).toBe('E-WORK-041');
  });

  it('gives the first the notification of the second when it has none yet', () => {
    const room = new Room();
    room.raise('bearing', 's.PUMP');
    room.raise('seal', 's.PUMP');
    const told = room.run('work.merge-cases', { intoCaseId: C2, caseId: C1, reason });
    expect(told).toContain('work.notification-appended');
    expect(room.state.cases.get(C2)).toMatchObject({ notificationId: 's.N-0001', offer: null });
    expect([...room.state.openNotifications]).toEqual(['s.N-0001']);
  });

  it('plans on the first what only the second had planned', () => {
    const room = twoCases();
    room.run('work.reject-draft', { draftId: 's.D-0001', finding: 'process', reason });
    const told = room.run('work.merge-cases', merge);
    expect(told.at(-1)).toBe('work.draft-prepared');
    expect(room.state.cases.get(C1)?.openDraftId).toBe('s.D-0003');
  });

  it.each([
    ['E-WORK-014', { caseId: 's.C-0099' }],
    ['E-WORK-037', { caseId: 's.C-0004' }],
    ['E-WORK-038', { reason: ' ' }],
    ['E-WORK-039', { caseId: C1 }],
    ['E-WORK-040', { caseId: 's.C-0003' }],
  ])('is refused with %s', (code, more) => {
    const room = twoCases();
    room.raise('burner', 's.OVEN');
    room.raise('winding', 's.MOTOR');
    room.run('work.merge-cases', { intoCaseId: C1, caseId: 's.C-0004', reason });
    expect(room.run('work.merge-cases', { ...merge, ...more })).toBe(code);
    expect(room.run('work.merge-cases', merge, 'rule:x')).toBe('E-WORK-002');
  });
});

describe('a split', () => {
  function twoAlerts(): Room {
    const room = new Room();
    room.raise('bearing', 's.PUMP');
    room.nowMs += MINUTE_MS;
    room.raise('bearing-2', 's.PUMP');
    return room;
  }
  const split = { caseId: C1, alertIds: ['s.A-2'], reason };

  it('opens a case of its own with notification and draft, and its monitor follows it', () => {
    const room = twoAlerts();
    expect(room.run('work.split-case', split)).toEqual([
      'work.case-opened',
      'work.case-split',
      'work.notification-created',
      'work.draft-prepared',
    ]);
    const { cases } = room.state;
    expect(cases.get(C1)).toMatchObject({ alerts: ['s.A-1'], active: ['s.A-1'] });
    expect(cases.get(C2)).toMatchObject({ alerts: ['s.A-2'], splitOf: C1, notificationId: 's.N-0002' });
    expect(cases.get(C2)?.fault.position).toBe('drive end (C-0002)');
    expect(room.raise('bearing-2', 's.PUMP')).toEqual(['work.alert-appended']);
    expect(room.raise('bearing', 's.PUMP')).toEqual(['work.alert-appended']);
    expect(cases.get(C2)?.alerts).toEqual(['s.A-2', 's.A-3']);
    expect(cases.get(C1)?.alerts).toEqual(['s.A-1', 's.A-4']);
  });

  it('leads back to the fault once the part is closed', () => {
    const room = twoAlerts();
    room.run('work.split-case', split);
    room.run('work.reject-draft', { draftId: 's.D-0002', finding: 'process', reason });
    room.clear('s.A-2');
    room.wait(room.nowMs + 7 * HOUR_MS);
    expect(room.state.cases.get(C2)?.closedAtMs).not.toBeNull();
    room.raise('bearing-2', 's.PUMP');
    expect(room.state.cases.get(C1)?.alerts).toEqual(['s.A-1', 's.A-3']);
  });

  it('undoes a merge: the fault leaves with its own key', () => {
    const room = twoCases();
    room.run('work.merge-cases', { intoCaseId: C1, caseId: C2, reason });
    room.run('work.split-case', split);
    expect(room.state.cases.get('s.C-0003')?.fault.position).toBe('drive end');
    room.raise('seal-2', 's.PUMP');
    expect(room.state.cases.get('s.C-0003')?.alerts).toEqual(['s.A-2', 's.A-3']);
  });

  it('can be undone by a merge', () => {
    const room = twoAlerts();
    room.run('work.split-case', split);
    room.run('work.merge-cases', { intoCaseId: C1, caseId: C2, reason });
    room.raise('bearing-2', 's.PUMP');
    expect(room.state.cases.get(C1)?.alerts).toEqual(['s.A-1', 's.A-2', 's.A-3']);
  });

  it.each([
    ['E-WORK-014', { caseId: 's.C-0099' }],
    ['E-WORK-042', { reason: '' }],
    ['E-WORK-043', { alertIds: ['s.A-9'] }],
    ['E-WORK-044', { alertIds: [] }],
    ['E-WORK-045', { alertIds: ['s.A-1'] }],
    ['E-WORK-045', { alertIds: ['s.A-1', 's.A-2'] }],
  ])('is refused with %s', (code, more) => {
    const room = twoAlerts();
    expect(room.run('work.split-case', { ...split, ...more }, JO)).toBe(code);
    expect(room.run('work.split-case', split, 'rule:x')).toBe('E-WORK-002');
  });
});

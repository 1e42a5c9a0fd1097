import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { MONDAY, Room } from './matching.fixture.ts';

const C1 = 's.C-0001';
const C2 = 's.C-0002';
const reason = 'looked at it';
const NEW_CASE = ['work.case-opened', 'work.notification-created', 'work.draft-prepared'];
const ASKED = ['work.case-opened', 'work.notification-offered', 'work.draft-prepared'];
const OWN = ['work.offer-declined', 'work.notification-created'];

describe('an open notification', () => {
  it.each([
    ['same object', 's.PUMP', 'bearing', 's.PUMP'],
    ['parent', 's.LINE', 'bearing', 's.PUMP'],
    ['child', 's.MOTOR', 'bearing', 's.PUMP'],
  ])('on the %s is offered before one is created', (nearness, reported, name, raised) => {
    const room = new Room();
    const notificationId = room.report(reported);
    expect(room.raise(name, raised)).toEqual(ASKED);
    const theCase = room.state.cases.get(C1);
    expect(theCase?.offer).toEqual({
      candidates: [{ notificationId, nearness }],
      answerByMs: MONDAY + 4 * HOUR_MS,
    });
    expect(room.state.drafts.get('s.D-0001')).toMatchObject({ notificationId: null, durationH: 1 });
  });

  it('of a grandparent, of another machine, or one that is closed is not', () => {
    const room = new Room();
    room.report('s.LINE');
    room.report('s.OVEN');
    const closed = room.report('s.MOTOR');
    expect(room.run('work.close-notification', { notificationId: closed, reason })).toEqual([
      'work.notification-closed',
    ]);
    expect(room.raise('winding', 's.MOTOR')).toEqual(NEW_CASE);
  });

  it('of a case with another fault on the same object is offered while that case is open', () => {
    const room = new Room();
    expect(room.raise('bearing', 's.PUMP')).toEqual(NEW_CASE);
    expect(room.raise('seal', 's.PUMP')).toEqual(ASKED);
    expect(room.raise('burner', 's.OVEN')).toEqual(NEW_CASE);
  });

  it('does not hold back an alert of priority 1', () => {
    const room = new Room();
    room.report('s.PUMP');
    expect(room.raise('bearing', 's.PUMP', 1)).toEqual(NEW_CASE);
    expect(room.state.cases.get(C1)?.offer).toBeNull();
  });

  it('waits a day for priority 3, and never past the last day to order', () => {
    const room = new Room();
    room.report('s.PUMP');
    room.raise('bearing', 's.PUMP', 3);
    expect(room.state.cases.get(C1)?.offer?.answerByMs).toBe(MONDAY + DAY_MS);
  });
});

describe('the answer', () => {
  it('same fault: the case takes the notification, and people who reported before it saw it first', () => {
    const room = new Room();
    const notificationId = room.report('s.PUMP');
    room.nowMs += MINUTE_MS;
    room.raise('bearing', 's.PUMP');
    const answer = { caseId: C1, notificationId };
    expect(room.run('work.append-to-notification', answer)).toEqual(['work.notification-appended']);
    expect(room.state.cases.get(C1)).toMatchObject({
      notificationId,
      firstSeenBy: 'operator',
      offer: null,
    });
    expect(room.state.drafts.get('s.D-0001')?.notificationId).toBe(notificationId);
    expect(room.state.notifications.get(notificationId)?.longText).toContain('bearing');
    expect(room.run('work.append-to-notification', answer)).toEqual([]);
    expect(room.run('work.close-notification', { notificationId, reason })).toBe('E-WORK-027');
  });

  it('a report made after the alert takes nothing from the monitor, and ends the notification it doubles', () => {
    const room = new Room();
    room.raise('bearing', 's.PUMP');
    room.nowMs += MINUTE_MS;
    const notificationId = room.report('s.PUMP');
    expect(room.run('work.append-to-notification', { caseId: C1, notificationId })).toEqual([
      'work.notification-closed',
      'work.notification-appended',
    ]);
    expect(room.state.cases.get(C1)).toMatchObject({ notificationId, firstSeenBy: 'monitor' });
    expect(room.state.notifications.get('s.N-0001')).toMatchObject({ duplicateOf: notificationId });
    expect([...room.state.openNotifications]).toEqual([notificationId]);
  });

  it('same fault as a case that is open: the new case joins it', () => {
    const room = new Room();
    room.raise('bearing', 's.PUMP');
    room.raise('seal', 's.PUMP');
    const notificationId = room.state.cases.get(C1)?.notificationId;
    expect(room.run('work.append-to-notification', { caseId: C2, notificationId })).toEqual([
      'work.draft-answered',
      'work.cases-merged',
      'work.case-closed',
    ]);
    expect(room.state.notifications.size).toBe(1);
    expect(room.raise('seal', 's.PUMP')).toEqual(['work.alert-appended']);
  });

  it('not the same needs a reason; then the case has a notification of its own', () => {
    const room = new Room();
    room.report('s.PUMP');
    room.raise('bearing', 's.PUMP');
    expect(room.run('work.create-notification', { caseId: C1, reason: ' ' })).toBe('E-WORK-036');
    expect(room.run('work.create-notification', { caseId: C1, reason })).toEqual(OWN);
    expect(room.run('work.create-notification', { caseId: C1, reason })).toBe('E-WORK-035');
    expect(room.state.notifications.get('s.N-0002')).toMatchObject({ caseId: C1, origin: 'alert' });
  });

  it('comes before the draft is accepted or rejected', () => {
    const room = new Room();
    room.report('s.PUMP');
    room.raise('bearing', 's.PUMP');
    const draftId = 's.D-0001';
    expect(room.run('work.accept-draft', { draftId, dayMs: room.nowMs })).toBe('E-WORK-026');
    expect(room.run('work.reject-draft', { draftId, finding: 'process', reason })).toBe('E-WORK-026');
  });

  it('that nobody gives creates the notification and tells the owner', () => {
    const room = new Room();
    room.report('s.PUMP');
    room.raise('bearing', 's.PUMP');
    expect(room.wait(MONDAY + 4 * HOUR_MS - 1)).toEqual([]);
    expect(room.wait(MONDAY + 4 * HOUR_MS)).toEqual([...OWN, 'work.escalated']);
    expect(room.facts.at(-1)?.data).toMatchObject({ about: 'notification', to: 'marta', caseId: C1 });
    expect(room.facts.at(-3)?.data).toMatchObject({ by: null, reason: 'nobody answered' });
  });

  it('keeps the case open until it is given', () => {
    const room = new Room();
    room.report('s.PUMP');
    room.raise('bearing', 's.PUMP');
    const check = {
      moment: 'check',
      finding: 'nothing found',
      evidence: 'none',
      lookAgainMs: null,
      hours: 0,
    };
    room.run('work.give-finding', { caseId: C1, ...check, noteRef: null });
    room.clear('s.A-1');
    expect(room.wait(MONDAY + 7 * HOUR_MS)).toEqual([...OWN, 'work.escalated', 'work.case-closed']);
  });

  it.each([
    ['E-WORK-014', { caseId: 's.C-0099', notificationId: 's.N-0001' }],
    ['E-WORK-003', { caseId: C1, notificationId: 's.N-0099' }],
    ['E-WORK-034', { caseId: C1, notificationId: 's.N-0002' }],
    ['E-WORK-029', { caseId: C1, notificationId: 's.N-0003' }],
  ])('is refused with %s', (code, data) => {
    const room = new Room();
    room.raise('bearing', 's.PUMP');
    room.report('s.OVEN');
    const notificationId = room.report('s.PUMP');
    room.run('work.close-notification', { notificationId, reason });
    expect(room.run('work.append-to-notification', data)).toBe(code);
    expect(
      room.run('work.append-to-notification', { caseId: C1, notificationId: 's.N-0002' }, 'rule:x'),
    ).toBe('E-WORK-002');
  });
});

describe('a report', () => {
  const said = { assetId: 's.PUMP', position: null, group: null, textRef: 'text:1', seenAtMs: MONDAY };
  it.each([
    ['E-WORK-030', { assetId: 's.NONE' }],
    ['E-WORK-031', { position: 'roof' }],
    ['E-WORK-031', { position: 'drive end', group: 'burner' }],
    ['E-WORK-032', { seenAtMs: MONDAY + 1 }],
    ['E-WORK-033', { textRef: ' ' }],
  ])('is refused with %s', (code, more) => {
    expect(new Room().run('work.report', { ...said, ...more })).toBe(code);
  });

  it("may name a failure mode of the object, and is a person's", () => {
    const room = new Room();
    const told = { ...said, position: 'drive end', group: 'seal' };
    expect(room.run('work.report', told)).toEqual(['work.notification-reported']);
    expect(room.run('work.report', told, 'system:setup')).toBe('E-WORK-002');
  });

  it('of the CMMS is copied once by its number, and can be closed once', () => {
    const room = new Room();
    const copied = { assetId: 's.PUMP', cmmsNumber: '10004698', textRef: 'text:1', reportedAtMs: MONDAY };
    expect(room.run('work.record-notification', copied)).toEqual(['work.notification-recorded']);
    expect(room.run('work.record-notification', copied)).toBe('E-WORK-005');
    const number = { notificationId: 's.N-0001', cmmsNumber: '10004699' };
    expect(room.run('work.record-notification-number', number)).toHaveLength(1);
    expect(room.state.notifications.get('s.N-0001')?.cmmsNumber).toBe('10004699');
    const close = { notificationId: 's.N-0001', reason };
    expect(room.run('work.close-notification', { ...close, reason: '' })).toBe('E-WORK-028');
    expect(room.run('work.close-notification', close)).toHaveLength(1);
    expect(room.run('work.close-notification', close)).toBe('E-WORK-029');
  });
});

import { expect, it } from 'vitest';
import { Room } from './matching.fixture.ts';
import { chargeNoise } from './rules.ts';

it('charges a visit for nothing to the monitor of the case, not to one that only followed a neighbour', () => {
  const room = new Room();
  room.raise('bearing', 's.PUMP');
  const first = room.facts.find(({ type }) => type === 'alert.raised');
  const alert = first?.data as object;
  const follower = {
    alertId: 's.A-9',
    monitorId: 's.m-seal',
    firstOut: { group: 'shaft', follows: 's.A-1' },
  };
  room.tell({ type: 'alert.raised', v: 1, data: { ...alert, ...follower } });
  expect(room.state.cases.get('s.C-0001')?.alerts).toEqual(['s.A-1', 's.A-9']);
  const found = { moment: 'check', finding: 'nothing found', evidence: 'strong', lookAgainMs: null };
  room.run('work.give-finding', { caseId: 's.C-0001', ...found, hours: 2, noteRef: null });
  const given = room.facts.findLast(({ type }) => type === 'work.finding-given');
  if (!given) throw new Error('no finding was taken');
  expect(chargeNoise.on(given, room.state)).toMatchObject([
    { data: { alertId: 's.A-1', monitorId: 's.m-bearing', crewId: 's.MECH', hours: 2 } },
  ]);
});

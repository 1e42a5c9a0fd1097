import { expect, test } from 'vitest';
import type { WaitingChange } from '../../data/waiting.ts';
import { finishPath, findingPath, standingOrder, startPath } from './standing-order.ts';

const order = { orderId: 's.WO-1', caseId: 's.C-1', state: 'released', actions: ['start-order'] } as const;
const released = { ...order, actions: [...order.actions] };

function waits(path: string, body?: unknown, refused = false): WaitingChange {
  const words = { title: 'no', detail: '', code: 'E', mend: '' };
  return {
    method: 'POST',
    path,
    body,
    idempotencyKey: path,
    personId: 'p',
    title: path,
    detail: '',
    madeAtMs: 0,
    ...(refused ? { refused: words } : {}),
  };
}

test('a start that waits lets the finding be given', () => {
  const standing = standingOrder(released, [waits(startPath('s.WO-1'))]);
  expect(standing.state).toBe('started');
  expect(standing.actions).toEqual(['give-check-finding', 'give-as-found']);
});

test('a check that found the fault asks once more, as found', () => {
  const check = waits(findingPath('s.C-1'), { moment: 'check', finding: 'as stated' });
  expect(standingOrder(released, [waits(startPath('s.WO-1')), check]).actions).toEqual([
    'give-as-found',
    'finish-order',
  ]);
  const nothing = waits(findingPath('s.C-1'), { moment: 'check', finding: 'nothing found' });
  expect(standingOrder(released, [nothing]).actions).toEqual(['finish-order']);
});

test('a finish that waits ends it; a refused one and those of other orders count for nothing', () => {
  expect(standingOrder(released, [waits(finishPath('s.WO-1'))]).state).toBe('finished');
  expect(standingOrder(released, [waits(finishPath('s.WO-1'), undefined, true)]).state).toBe('released');
  expect(standingOrder(released, [waits(finishPath('s.WO-2'))])).toEqual({
    state: 'released',
    actions: ['start-order'],
    waits: [],
  });
});

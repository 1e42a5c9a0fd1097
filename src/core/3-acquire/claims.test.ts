import { describe, expect, it } from 'vitest';
import type { ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { acquire } from './acquire.ts';
import { claimedSignals } from './state.ts';

const LIMIT: ConditionSpec = {
  ...{ kind: 'limit', direction: 'high', limit: 4, deadband: 0, onDelayMs: 0, offDelayMs: 0 },
};
const RULE: ConditionSpec = { kind: 'expression', rule: 'value > inlet', inputs: { inlet: 's2' } };

/** The room alone: each fact is folded, then what follows from it. */
class Room {
  readonly state = acquire.initial('p');
  #seq = 0;

  tell(body: FactBody, nowMs = 0): FactBody[] {
    const fact = {
      ...body,
      seq: ++this.#seq,
      id: '',
      atMs: nowMs,
      causeId: '',
      intakeSeq: 0,
    } as unknown as Recorded;
    acquire.evolve(this.state, fact);
    const bodies = acquire.follow(fact, this.state, { site: 'p', nowMs, actor: 'system:clock' });
    for (const following of bodies) this.tell(following, nowMs);
    return bodies;
  }

  draft(monitorId: string, version: number, condition: ConditionSpec, signalId = 's1'): void {
    const type = version === 1 ? 'monitor.drafted' : 'monitor.changed';
    this.tell({ type, v: 1, data: { monitorId, version, definition: { signalId, condition } } });
  }

  activate(version: number): void {
    this.tell({ type: 'monitor.activated', v: 1, data: { monitorId: 'm', version } });
  }

  claimed(): string[] {
    return [...claimedSignals(this.state).keys()].toSorted((a, b) => a.localeCompare(b));
  }
}

describe('claims', () => {
  it('hold what the version in effect looks at, also while a narrower one is in effect and lapses', () => {
    const room = new Room();
    room.draft('m', 1, RULE);
    room.activate(1);
    expect(room.claimed()).toEqual(['s1', 's2']);
    room.draft('m', 2, LIMIT);
    room.activate(2);
    expect(room.claimed()).toEqual(['s1']);
    room.activate(1);
    expect(room.claimed()).toEqual(['s1', 's2']);
  });

  it('of many trials that end together go in groups that leave room for what follows', () => {
    const room = new Room();
    for (let n = 0; n < 40; n++) room.draft(`m${n}`, 1, LIMIT, `s${n}`);
    const nowMs = 91 * DAY_MS;
    let ended = 0;
    while (acquire.nextDueMs(room.state) <= nowMs) {
      const bodies = acquire.due(room.state, { site: 'p', nowMs, actor: 'system:clock' });
      expect(bodies.length).toBeGreaterThan(0);
      // each may clear a health alert and an alert
      expect(bodies.length * 3).toBeLessThanOrEqual(64);
      for (const one of bodies) room.tell(one, nowMs);
      ended += bodies.length;
    }
    expect(ended).toBe(40);
    expect(room.claimed()).toEqual([]);
  });
});

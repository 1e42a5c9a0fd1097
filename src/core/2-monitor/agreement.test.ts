import { describe, expect, it } from 'vitest';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { agreementOf } from './agreement.ts';
import { endOfWorkedShiftMs, USUAL_SHIFTS, workingDaysLaterMs } from './calendar.ts';
import { MAX_COMMENTS } from './change.ts';
import * as fixture from './gate.fixture.ts';
import {
  activate,
  type Bench,
  drafted,
  ready,
  refusedFor,
  reviewed,
  run,
  START_MS,
  tell,
} from './gate.fixture.ts';
import { judgedMonitors } from './judged.ts';
import { monitor } from './monitor.ts';

const about = { monitorId: 'p1.m1', version: 2 };
const limited = (limit: number) => ({
  ...fixture.definition,
  condition: { ...fixture.definition.condition, limit },
});

function request(
  bench: Bench,
  who: string,
  limit: number,
  more: object = {},
  type = 'monitor.request-change',
) {
  return run(bench, `person:${who}`, type, {
    monitorId: 'p1.m1',
    definition: limited(limit),
    reason: 'thicker soup',
    dataFromMs: bench.nowMs - 90 * DAY_MS,
    dataToMs: bench.nowMs,
    emergency: false,
    ...more,
  });
}

function live(): Bench {
  const bench = ready();
  expect(activate(bench)).toBe(1);
  return bench;
}

function compare(bench: Bench, version = 2) {
  const after = { ...fixture.backtest, version, alerts: 3, notifications: 3, notificationsPerWeek: 3 / 11 };
  return run(bench, 'person:ana', 'monitor.compare-versions', {
    monitorId: 'p1.m1',
    version,
    before: fixture.backtest,
    after,
  });
}

const approve = (bench: Bench, who: string, effectiveMs = bench.nowMs) =>
  run(bench, `person:${who}`, 'monitor.approve-change', { ...about, effectiveMs });
const inEffect = (bench: Bench) => judgedMonitors(bench.state)[0]?.version;

/** Lets time pass and folds what falls due. @returns types of the facts */
function wait(bench: Bench, untilMs: number): string[] {
  const types: string[] = [];
  for (let dueMs = monitor.nextDueMs(bench.state); dueMs <= untilMs; dueMs = monitor.nextDueMs(bench.state)) {
    bench.nowMs = Math.max(bench.nowMs, dueMs);
    const bodies = monitor.due(bench.state, { site: 'p1', nowMs: bench.nowMs, actor: 'system:clock' });
    if (bodies.length === 0) throw new Error('due, and nothing to say');
    for (const body of bodies) tell(bench, body);
    types.push(...bodies.map((body) => body.type));
  }
  bench.nowMs = untilMs;
  return types;
}

describe('blind review', () => {
  it('is asked at the live door from five known episodes on, and needs four of five', () => {
    const bench = drafted();
    run(bench, 'rule:backtest', 'monitor.record-backtest', fixture.backtest);
    run(bench, 'person:ana', 'monitor.propose', { monitorId: 'p1.m1', version: 1 });
    run(bench, 'person:tomasz', 'monitor.sign-off', { monitorId: 'p1.m1', version: 1, as: 'technician' });
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-220']);
    reviewed(bench, 1, 3);
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-220']);
    const again = { monitorId: 'p1.m1', version: 1, agreed: 5, of: 5, commentRef: null };
    expect(refusedFor(run(bench, 'person:tomasz', 'monitor.sign-review', again))).toEqual(['E-MONITOR-074']);
    expect(run(bench, 'person:ewa', 'monitor.sign-review', again)).toBe(1);
    expect(activate(bench)).toBe(1);
  });

  it('is not asked for where too little has happened, and the gate says so', () => {
    const bench = drafted();
    const few = { ...fixture.backtest, notifications: 4 };
    run(bench, 'rule:backtest', 'monitor.record-backtest', few);
    run(bench, 'person:ana', 'monitor.propose', { monitorId: 'p1.m1', version: 1 });
    run(bench, 'person:tomasz', 'monitor.sign-off', { monitorId: 'p1.m1', version: 1, as: 'technician' });
    expect(activate(bench)).toBe(1);
  });

  it('refuses strangers, too few or foresighted episodes, and half an answer', () => {
    const bench = drafted();
    const first = { monitorId: 'p1.m1', version: 1 };
    const open = (episodes: unknown) =>
      refusedFor(run(bench, 'person:ana', 'monitor.open-review', { ...first, episodes }));
    expect(open(fixture.episodes(4))).toEqual(['E-MONITOR-071']);
    const [one, ...rest] = fixture.episodes();
    expect(open([{ ...one, toMs: (one?.atMs ?? 0) + 1 }, ...rest])).toEqual(['E-MONITOR-072']);
    const sign = (who: string, agreed: number, of: number) =>
      refusedFor(
        run(bench, `person:${who}`, 'monitor.sign-review', { ...first, agreed, of, commentRef: null }),
      );
    expect(sign('ewa', 5, 5)).toEqual(['E-MONITOR-073']);
    expect(open(fixture.episodes())).toEqual([]);
    expect(sign('marta', 5, 5)).toEqual(['E-MONITOR-037']);
    expect(sign('ewa', 4, 4)).toEqual(['E-MONITOR-075']);
    expect(sign('ewa', 6, 5)).toEqual(['E-MONITOR-075']);
  });

  it('is not answered by who proposed the version', () => {
    const bench = drafted();
    const first = { monitorId: 'p1.m1', version: 1 };
    run(bench, 'person:ana', 'monitor.open-review', { ...first, episodes: fixture.episodes() });
    expect(run(bench, 'person:tomasz', 'monitor.propose', first)).toBe(1);
    const answer = { ...first, agreed: 5, of: 5, commentRef: null };
    expect(refusedFor(run(bench, 'person:tomasz', 'monitor.sign-review', answer))).toEqual(['E-MONITOR-034']);
    expect(run(bench, 'person:ewa', 'monitor.sign-review', answer)).toBe(1);
  });

  it('keeps counts and the name of who signed, never a single answer', () => {
    const bench = reviewed(drafted());
    const review = bench.state.monitors.get('p1.m1')?.versions.get(1)?.review;
    expect(review?.signed).toEqual([{ by: 'tomasz', agreed: 5, of: 5 }]);
    const episodes = fixture.episodes(5, 3);
    const answers = new Map(episodes.map((one, i) => [one.episodeId, i < 4]));
    expect(agreementOf(episodes, answers)).toEqual({ agreed: 4, of: 5, missing: 0 });
    expect(agreementOf(episodes, new Map())).toEqual({ agreed: 0, of: 5, missing: 5 });
  });
});

describe('a change of a live monitor', () => {
  it('takes two people: a technician who asks, and one who approves', () => {
    const bench = live();
    expect(request(bench, 'tomasz', 5, {}, 'monitor.counter-propose')).toBe(2);
    expect(inEffect(bench)).toBe(1);
    expect(refusedFor(approve(bench, 'tomasz'))).toEqual(['E-MONITOR-034']);
    expect(refusedFor(approve(bench, 'ana'))).toEqual(['E-GATE-215', 'E-GATE-217', 'E-GATE-221']);
    expect(compare(bench)).toBe(2);
    expect(approve(bench, 'ana')).toBe(3);
    expect(inEffect(bench)).toBe(2);
    expect(bench.state.monitors.get('p1.m1')).toMatchObject({
      lifecycle: 'live',
      candidate: null,
      reviewDueMs: bench.nowMs + 30 * DAY_MS,
    });
    expect(approve(bench, 'ana')).toBe(0);
  });

  it("asks for a technician's comment and signature when the engineer asks", () => {
    const bench = live();
    request(bench, 'ana', 5);
    compare(bench);
    expect(refusedFor(approve(bench, 'marta'))).toEqual(['E-GATE-216', 'E-GATE-222']);
    expect(refusedFor(run(bench, 'person:ewa', 'monitor.comment', { ...about, textRef: ' ' }))).toEqual([
      'E-MONITOR-009',
    ]);
    expect(run(bench, 'person:marta', 'monitor.comment', { ...about, textRef: 'text:0' })).toBe(1);
    expect(refusedFor(approve(bench, 'ewa'))).toEqual(['E-GATE-222']);
    expect(run(bench, 'person:ewa', 'monitor.comment', { ...about, textRef: 'text:1' })).toBe(1);
    expect(approve(bench, 'ewa')).toBe(3);
  });

  it('takes effect on its date, and goes back with one reason', () => {
    const bench = live();
    request(bench, 'tomasz', 5);
    compare(bench);
    const dateMs = bench.nowMs + 3 * DAY_MS;
    expect(refusedFor(approve(bench, 'ana', bench.nowMs + 91 * DAY_MS))).toEqual(['E-MONITOR-066']);
    expect(approve(bench, 'ana', dateMs)).toBe(2);
    expect(wait(bench, dateMs - 1)).toEqual([]);
    expect(inEffect(bench)).toBe(1);
    expect(wait(bench, dateMs)).toEqual(['monitor.activated']);
    expect(inEffect(bench)).toBe(2);
    const back = (reason: string) =>
      run(bench, 'person:tomasz', 'monitor.roll-back', { monitorId: 'p1.m1', reason });
    expect(refusedFor(back(' '))).toEqual(['E-MONITOR-009']);
    expect(back('missed the leak')).toBe(2);
    expect(inEffect(bench)).toBe(1);
    expect(refusedFor(back('again'))).toEqual(['E-MONITOR-068']);
  });

  it('refuses a change of what nobody relies on, of the signal, and of different histories', () => {
    expect(refusedFor(request(drafted(), 'ana', 5))).toEqual(['E-MONITOR-060']);
    const bench = live();
    expect(refusedFor(request(bench, 'ana', 5, { dataFromMs: bench.nowMs }))).toEqual(['E-MONITOR-061']);
    expect(refusedFor(request(bench, 'ana', 5, { definition: { ...limited(5), signalId: 'p1.x' } }))).toEqual(
      ['E-MONITOR-040'],
    );
    expect(refusedFor(request(bench, 'stranger', 5, {}, 'monitor.counter-propose'))).toEqual([
      'E-MONITOR-037',
    ]);
    request(bench, 'ana', 5);
    const after = { ...fixture.backtest, version: 2, to: fixture.backtest.to - 1 };
    const compared = run(bench, 'person:ana', 'monitor.compare-versions', {
      ...about,
      before: fixture.backtest,
      after,
    });
    expect(refusedFor(compared)).toEqual(['E-MONITOR-064']);
  });

  it('that waits for its date is forgotten when the record sends the monitor back to trial', () => {
    const bench = live();
    request(bench, 'tomasz', 5);
    compare(bench);
    const dateMs = bench.nowMs + 3 * DAY_MS;
    approve(bench, 'ana', dateMs);
    run(bench, 'rule:record', 'monitor.send-back-to-trial', { monitorId: 'p1.m1', reason: '0 of 4' });
    expect(wait(bench, dateMs + DAY_MS)).toEqual([]);
    const record = bench.state.monitors.get('p1.m1');
    expect(record).toMatchObject({ lifecycle: 'trial', inEffect: 1 });
    expect(record?.versions.get(2)).toMatchObject({ signOffs: [], change: { effectiveMs: null } });
  });

  it('hears a limited number of comments', () => {
    const bench = live();
    request(bench, 'ana', 5);
    const say = (n: number) =>
      run(bench, 'person:tomasz', 'monitor.comment', { ...about, textRef: `text:${n}` });
    for (let n = 0; n < MAX_COMMENTS; n++) expect(say(n)).toBe(1);
    expect(say(0)).toBe(0);
    expect(refusedFor(say(MAX_COMMENTS))).toEqual(['E-MONITOR-077']);
  });

  it('is taken back when nobody signs within 30 days', () => {
    const bench = live();
    request(bench, 'ana', 5);
    expect(wait(bench, bench.nowMs + 30 * DAY_MS)).toEqual(['monitor.proposal-expired']);
    expect(bench.state.monitors.get('p1.m1')).toMatchObject({ lifecycle: 'live', candidate: null });
    expect(inEffect(bench)).toBe(1);
  });
});

describe('an emergency change', () => {
  const emergency = { emergency: true };

  it('lives until the end of the second worked shift, then lapses by itself', () => {
    const bench = live();
    bench.nowMs = START_MS + 10 * HOUR_MS;
    expect(request(bench, 'tomasz', 3, emergency)).toBe(4);
    expect(inEffect(bench)).toBe(2);
    const untilMs = START_MS + DAY_MS + 14 * HOUR_MS;
    expect(bench.state.monitors.get('p1.m1')?.emergency).toEqual({ version: 2, backTo: 1, untilMs });
    expect(refusedFor(request(bench, 'tomasz', 2, emergency))).toEqual(['E-MONITOR-062']);
    expect(wait(bench, untilMs)).toEqual(['monitor.activated', 'monitor.emergency-ended']);
    expect(inEffect(bench)).toBe(1);
    expect(bench.state.monitors.get('p1.m1')).toMatchObject({ emergency: null, candidate: 2 });
  });

  it('that lapses leaves a newer change that was asked for', () => {
    const bench = live();
    bench.nowMs = START_MS + 10 * HOUR_MS;
    expect(request(bench, 'tomasz', 3, emergency)).toBe(4);
    expect(request(bench, 'tomasz', 5)).toBe(2);
    compare(bench, 3);
    const untilMs = bench.state.monitors.get('p1.m1')?.emergency?.untilMs ?? 0;
    expect(wait(bench, untilMs)).toEqual(['monitor.activated', 'monitor.emergency-ended']);
    expect(bench.state.monitors.get('p1.m1')).toMatchObject({
      ...{ emergency: null, inEffect: 1, candidate: 3, lifecycle: 'under review' },
    });
  });

  it('that lapses leaves the date of a newer change', () => {
    const bench = live();
    bench.nowMs = START_MS + 10 * HOUR_MS;
    request(bench, 'tomasz', 3, emergency);
    request(bench, 'tomasz', 5);
    compare(bench, 3);
    const dateMs = bench.nowMs + 9 * DAY_MS;
    run(bench, 'person:ana', 'monitor.approve-change', {
      ...{ monitorId: 'p1.m1', version: 3, effectiveMs: dateMs },
    });
    expect(wait(bench, dateMs)).toEqual([
      'monitor.activated',
      'monitor.emergency-ended',
      'monitor.activated',
    ]);
    expect(inEffect(bench)).toBe(3);
  });

  it('ends after seven days when the crew works seldom', () => {
    const bench = live();
    const shifts = [{ day: 1, startMin: 360, endMin: 840 }];
    tell(bench, {
      type: 'strategy.shifts-set',
      v: 1,
      data: { crewId: 'p1.MECH-B', shifts, triageMinPerWeek: null },
    });
    bench.nowMs = START_MS + 15 * HOUR_MS;
    request(bench, 'tomasz', 3, emergency);
    expect(bench.state.monitors.get('p1.m1')?.emergency?.untilMs).toBe(bench.nowMs + 7 * DAY_MS);
  });

  it('becomes lasting by the usual way', () => {
    const bench = live();
    request(bench, 'tomasz', 3, emergency);
    compare(bench);
    expect(approve(bench, 'ana')).toBe(3);
    expect(wait(bench, bench.nowMs + 8 * DAY_MS)).toEqual([]);
    expect(inEffect(bench)).toBe(2);
  });

  it("loosens an A asset only with its owner's consent", () => {
    const bench = live();
    tell(bench, {
      type: 'strategy.criticality-assessed',
      v: 1,
      data: { ...fixture.criticality, class: 'A' },
    });
    expect(request(bench, 'tomasz', 6, emergency)).toBe(2);
    expect(inEffect(bench)).toBe(1);
    const yes = (who: string) => run(bench, `person:${who}`, 'monitor.consent', about);
    expect(refusedFor(yes('ana'))).toEqual(['E-MONITOR-036']);
    expect(yes('marta')).toBe(3);
    expect(inEffect(bench)).toBe(2);
    expect(bench.state.monitors.get('p1.m1')?.versions.get(2)?.change?.consentBy).toBe('marta');
    expect(refusedFor(run(bench, 'person:marta', 'monitor.consent', { ...about, version: 1 }))).toEqual([
      'E-MONITOR-063',
    ]);
  });

  it('asks the owner of the limit in effect, not one whom the request names', () => {
    const bench = live();
    tell(bench, {
      type: 'strategy.criticality-assessed',
      v: 1,
      data: { ...fixture.criticality, class: 'A' },
    });
    const definition = { ...limited(6), owner: 'tomasz' };
    expect(request(bench, 'tomasz', 6, { ...emergency, definition })).toBe(2);
    expect(inEffect(bench)).toBe(1);
    const yes = (who: string) => run(bench, `person:${who}`, 'monitor.consent', about);
    expect(refusedFor(yes('tomasz'))).toEqual(['E-MONITOR-036']);
    expect(yes('marta')).toBe(3);
  });

  it('is not started again and again by one person', () => {
    const bench = live();
    request(bench, 'tomasz', 3, emergency);
    const startedMs = bench.nowMs;
    wait(bench, startedMs + 8 * DAY_MS);
    expect(inEffect(bench)).toBe(1);
    expect(refusedFor(request(bench, 'tomasz', 2.5, emergency))).toEqual(['E-MONITOR-069']);
    expect(refusedFor(run(bench, 'person:marta', 'monitor.consent', about))).toEqual(['E-MONITOR-063']);
    wait(bench, startedMs + 30 * DAY_MS - 1);
    expect(refusedFor(request(bench, 'tomasz', 2.5, emergency))).toEqual(['E-MONITOR-069']);
    expect(request(bench, 'ewa', 2.5, emergency)).toBe(4);
    wait(bench, startedMs + 40 * DAY_MS);
    expect(request(bench, 'tomasz', 2, emergency)).toBe(4);
  });

  it('is no version to build on or to go back to', () => {
    const bench = live();
    request(bench, 'tomasz', 3, emergency);
    request(bench, 'tomasz', 5);
    const record = bench.state.monitors.get('p1.m1');
    expect(record?.versions.get(3)?.change).toMatchObject({ from: 1, direction: 'looser' });
    compare(bench, 3);
    expect(run(bench, 'person:ana', 'monitor.approve-change', { ...about, version: 3, effectiveMs: 0 })).toBe(
      3,
    );
    expect(inEffect(bench)).toBe(3);
    const back = { monitorId: 'p1.m1', reason: 'missed the leak' };
    expect(run(bench, 'person:ewa', 'monitor.roll-back', back)).toBe(2);
    expect(inEffect(bench)).toBe(1);
  });

  it('recorded as the base of a later version is passed over on the way back', () => {
    const bench = live();
    request(bench, 'tomasz', 3, emergency);
    request(bench, 'tomasz', 5);
    compare(bench, 3);
    run(bench, 'person:ana', 'monitor.approve-change', { ...about, version: 3, effectiveMs: 0 });
    const asked = bench.state.monitors.get('p1.m1')?.versions.get(3)?.change;
    if (asked) asked.from = 2;
    run(bench, 'person:ewa', 'monitor.roll-back', { monitorId: 'p1.m1', reason: 'missed the leak' });
    expect(inEffect(bench)).toBe(1);
  });

  it('goes back at once when somebody says so', () => {
    const bench = live();
    request(bench, 'tomasz', 3, emergency);
    expect(run(bench, 'person:ewa', 'monitor.roll-back', { monitorId: 'p1.m1', reason: 'wrong valve' })).toBe(
      2,
    );
    expect(inEffect(bench)).toBe(1);
    expect(bench.state.monitors.get('p1.m1')?.emergency).toBeNull();
  });
});

describe('the calendar', () => {
  const friday = Date.UTC(2026, 10, 27);

  it('counts worked shifts over a weekend and over midnight', () => {
    expect(endOfWorkedShiftMs(USUAL_SHIFTS, friday + 10 * HOUR_MS, 2)).toBe(
      friday + 3 * DAY_MS + 14 * HOUR_MS,
    );
    const nights = [{ day: 5, startMin: 22 * 60, endMin: 6 * 60 }];
    expect(endOfWorkedShiftMs(nights, friday + DAY_MS + HOUR_MS, 1)).toBe(friday + DAY_MS + 6 * HOUR_MS);
    expect(endOfWorkedShiftMs([], friday, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts working days', () => {
    expect(workingDaysLaterMs(friday + HOUR_MS, 2)).toBe(friday + 4 * DAY_MS + HOUR_MS);
  });
});

describe('what machines may not', () => {
  it('agrees, approves or consents for nobody', () => {
    const bench = live();
    request(bench, 'ana', 5);
    for (const type of [
      'monitor.approve-change',
      'monitor.sign-review',
      'monitor.consent',
      'monitor.roll-back',
    ]) {
      const answer = run(bench, 'rule:judge-record', type, { ...about, effectiveMs: 0, reason: 'x' });
      expect(isRefusal(answer) && answer.code, type).toBe('E-MONITOR-002');
    }
  });
});

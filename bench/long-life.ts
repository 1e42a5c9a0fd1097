// A journal of a long life, written the way the plant writes it: alerts, cases, notifications, drafts that a planner rejects.
import { encodeBatch } from '#acquire/batch-codec.ts';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import { planSteps } from '#app/plan/steps.ts';
import { snapshotOf } from '#app/recover.ts';
import { settle } from '#core/flow.ts';
import { createLine, feed, type Input, type Line, lineDueMs, refeed } from '#core/line.ts';
import { type CommitUnit, type Journal, MAX_UNITS_PER_COMMIT } from '#ports/journal.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { DAY_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { benchPlan, LOUD, QUIET } from './bench-plant.ts';

const SITE = 'bench';
const MONITORS = 200;
const START_MS = Date.UTC(2024, 0, 1);
const EVERY_MS = 2 * DAY_MS;
const text = new TextEncoder();

/** Inputs on their way to the journal. */
interface Life {
  line: Line;
  journal: Journal;
  units: CommitUnit[];
  nowMs: number;
}

/**
 * Writes at least `facts` facts. Every monitor is crossed every two days, its draft rejected as nothing found.
 * @param snapshot leaves one that covers everything
 */
export async function writeLongLife(
  dataDir: string,
  facts: number,
  snapshot: boolean,
  say: (done: number) => void,
): Promise<{ facts: number; inputs: number; cases: number }> {
  const journal = openJournal(dataDir, { site: SITE });
  const life: Life = { line: createLine(SITE), journal, units: [], nowMs: START_MS };
  const { state } = life.line;
  try {
    await describe(life);
    while (state.facts < facts) {
      await oneRound(life);
      say(state.facts);
    }
    await flush(life);
    if (snapshot) await journal.saveSnapshot(snapshotOf(life.line, journal.head().hash));
    return { facts: state.facts, inputs: state.intakeSeq, cases: state.work.cases.size };
  } finally {
    await journal.close();
  }
}

async function describe(life: Life): Promise<void> {
  const plan = await benchPlan(MONITORS);
  for (const { command } of planSteps(plan, SITE)) await run(life, command);
  for (const { monitorId } of plan.monitors) {
    // The gate's evidence is not what is measured: the monitors go live by decree.
    const id = `live:${monitorId}`;
    const seq = life.line.state.intakeSeq + 1;
    const actor = 'system:setup';
    const command: Command = { id, type: 'monitor.activate', actor, data: {} };
    const data = {
      monitorId: `${SITE}.${monitorId}`,
      version: 1,
      wastedHPerWeek: 0,
      crewId: `${SITE}.MECH`,
    };
    const cause = { causeId: id, intakeSeq: seq, nowMs: life.nowMs, actor } as const;
    const { state } = life.line;
    // settled on a copy, because refeeding folds the facts again
    const facts = settle(structuredClone(state), [{ type: 'monitor.activated', v: 1, data }], cause);
    const input: Input = { kind: 'command', seq, receivedMs: life.nowMs, command };
    refeed(life.line, input, facts);
    await keep(life, input, facts);
  }
}

async function oneRound(life: Life): Promise<void> {
  const { work } = life.line.state;
  for (const value of [LOUD, QUIET]) {
    await readings(life, value);
    life.nowMs += 10 * MINUTE_MS;
  }
  for (const caseId of work.open) {
    const draftId = work.cases.get(caseId)?.openDraftId;
    if (!draftId) continue;
    const id = `reject:${draftId}`;
    const data = { draftId, finding: 'nothing found', reason: 'nothing found at the machine' };
    await run(life, { id, type: 'work.reject-draft', actor: `person:${SITE}.jo`, data });
  }
  const untilMs = life.nowMs + EVERY_MS;
  for (let dueMs = lineDueMs(life.line); dueMs <= untilMs; dueMs = lineDueMs(life.line)) {
    life.nowMs = Math.max(life.nowMs, dueMs);
    await take(life, (seq) => ({ kind: 'tick', seq, receivedMs: life.nowMs }));
  }
  life.nowMs = untilMs;
}

async function readings(life: Life, value: number): Promise<void> {
  // a batch carries its facts in one commit, so the monitors speak in several
  for (let from = 0; from < MONITORS; from += 10) {
    const batch = emptyBatch(10);
    batch.length = 10;
    for (let n = 0; n < 10; n++) {
      batch.signal[n] = from + n;
      batch.timeMs[n] = life.nowMs;
      batch.value[n] = value;
    }
    const marks = new Uint8Array(10);
    await take(life, (seq) => ({ kind: 'batch', seq, receivedMs: life.nowMs, batch, marks }));
  }
}

async function run(life: Life, command: Command): Promise<void> {
  const answer = await take(life, (seq) => ({ kind: 'command', seq, receivedMs: life.nowMs, command }));
  if (answer && isRefusal(answer)) throw new Error(`${command.type}: ${answer.code} ${answer.message}`);
}

async function take(life: Life, inputOf: (seq: number) => Input) {
  const input = inputOf(life.line.state.intakeSeq + 1);
  const { facts, answer } = feed(life.line, input);
  await keep(life, input, facts);
  return answer;
}

async function keep(life: Life, input: Input, facts: Recorded[]): Promise<void> {
  const { seq, receivedMs, kind } = input;
  const payload =
    input.kind === 'batch'
      ? encodeBatch(input.batch, input.marks)
      : input.kind === 'command'
        ? text.encode(JSON.stringify(input.command))
        : new Uint8Array();
  const command = input.kind === 'command' ? { id: input.command.id, answer: '{"ok":true}' } : null;
  life.units.push({ intake: { seq, receivedMs, kind, payload }, facts, command });
  if (life.units.length >= MAX_UNITS_PER_COMMIT) await flush(life);
}

async function flush(life: Life): Promise<void> {
  const units = life.units.splice(0);
  if (units.length > 0) await life.journal.commit(units);
}

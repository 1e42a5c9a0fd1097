import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type JournalReading, openJournalReader } from '#adapters/store/sqlite/journal-reader.ts';
import { auditVerify } from '#adapters/store/sqlite/verify.ts';
import { factsOf, unitOf } from './journal-units.ts';

const KILLS = 50;
const WRITER = new URL('./journal-writer-process.ts', import.meta.url).pathname;

/** Runs the writer until `afterMs` after its first acknowledgement, kills it, and returns the last acknowledged line. */
async function killedWriter(
  dir: string,
  afterMs: number,
): Promise<{ intakeSeq: number; facts: number; hash: string }> {
  const child = spawn(process.execPath, [WRITER, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await once(child, 'close');
  const last = said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1) as string;
  const [intakeSeq, facts, hash] = last.split(' ') as [string, string, string];
  return { intakeSeq: Number(intakeSeq), facts: Number(facts), hash };
}

/** Every unit from `from` on is there whole: input, facts, answer; or, past the last one, not at all. */
function expectWholeUnits(journal: JournalReading, from: { intakeSeq: number; facts: number }): void {
  const head = journal.head();
  const facts = journal.facts(from.facts + 1, 1_000_000);
  const inputs = new Map(
    journal
      .intake(from.intakeSeq + 1, 1_000_000)
      .map((entry) => [entry.seq, { ...entry, payload: Uint8Array.from(entry.payload) }]),
  );
  let at = 0;
  for (let seq = from.intakeSeq + 1; seq <= head.intakeSeq; seq++) {
    const unit = unitOf(seq, from.facts + at);
    expect(facts.slice(at, at + factsOf(seq))).toEqual(unit.facts);
    at += factsOf(seq);
    const forgettable = unit.intake.kind === 'batch' && seq <= head.intakeSeq - 200;
    expect(inputs.get(seq) ?? (forgettable && unit.intake)).toMatchObject(unit.intake);
    expect(journal.answer(`c${seq}`)).toBe(unit.command?.answer ?? null);
  }
  expect(facts).toHaveLength(at);
}

it(`loses nothing acknowledged and keeps nothing half or twice over ${KILLS} kills`, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'journal-crash-'));
  let checked = { intakeSeq: 0, facts: 0 };
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await killedWriter(dir, Math.random() * 120);
      const audit = auditVerify(dir, { head: acknowledged.hash });
      expect(audit).toMatchObject({ ok: true, firstBad: null });
      const journal = openJournalReader(dir);
      const head = journal.head();
      expect(head.intakeSeq).toBeGreaterThanOrEqual(acknowledged.intakeSeq);
      expect(head.facts).toBeGreaterThanOrEqual(acknowledged.facts);
      expectWholeUnits(journal, checked);
      journal.close();
      checked = head;
    }
    expect(checked.intakeSeq).toBeGreaterThan(KILLS);
  } finally {
    rmSync(dir, { recursive: true });
  }
}, 60_000);

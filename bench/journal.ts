// What it costs to be sure: commits of facts and inputs, beside the bare fsync of the same run.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import { auditVerify } from '#adapters/store/sqlite/verify.ts';
import { type CommitUnit, type Journal, MAX_UNITS_PER_COMMIT } from '#ports/journal.ts';
import type { Recorded } from '#vocabulary/fact.ts';

/** Bytes of an input in these figures: a command, or a batch of 500 samples. */
const COMMAND_BYTES = 300;
const BATCH_BYTES = 8 + 500 * 22;
const ONE_BY_ONE = 1_000;
const GROUPS = 40;

interface Options {
  repetitions: number;
  say(text: string): void;
}

export const journalSection = {
  name: 'journal',
  summary: 'facts and inputs made durable',
  async run(options: Options) {
    const dir = mkdtempSync(join(tmpdir(), 'bench-journal-'));
    const journal = openJournal(dir, { site: 'bench' });
    try {
      options.say('  one commit at a time');
      const syncs = await timesOf(ONE_BY_ONE, syncer(dir));
      const single = await timesOf(ONE_BY_ONE, () => commit(journal, 1, 1, COMMAND_BYTES));
      const batch = await timesOf(ONE_BY_ONE, () => commit(journal, 1, 1, BATCH_BYTES));
      options.say('  commits in groups');
      const grouped: number[] = [];
      for (let turn = 0; turn < options.repetitions; turn++) {
        const each = await timesOf(GROUPS, () => commit(journal, MAX_UNITS_PER_COMMIT, 4, COMMAND_BYTES));
        grouped.push((GROUPS * MAX_UNITS_PER_COMMIT * 4 * 1_000) / each.reduce((sum, ms) => sum + ms, 0));
      }
      options.say('  audit verify');
      const { facts } = journal.head();
      const audit = await timesOf(options.repetitions, () => auditVerify(dir));
      return {
        section: 'journal',
        about: [
          `ms a commit (SQLite, WAL, synchronous FULL), ${ONE_BY_ONE} in a row; a fact is about 250 bytes.`,
          `In groups: ${MAX_UNITS_PER_COMMIT} inputs of four facts in one transaction.`,
          `audit verify: ms a fact, over ${facts.toLocaleString('en')} facts.`,
        ],
        measured: [
          ...quantiles('bare write and fsync of 4 KB', syncs),
          ...quantiles('command and fact', single),
          ...quantiles('batch of 500 samples and fact', batch),
          figure('durable facts in groups', 'facts/s', grouped),
          figure(
            'audit verify',
            'ms',
            audit.map((ms) => ms / facts),
          ),
        ],
        ratios: [
          {
            name: 'commit of one fact / bare fsync, medians',
            value: at(single, 0.5) / at(syncs, 0.5),
            aim: null,
          },
        ],
      };
    } finally {
      await journal.close();
      rmSync(dir, { recursive: true });
    }
  },
};

function commit(journal: Journal, inputs: number, factsEach: number, bytes: number): Promise<void> {
  const head = journal.head();
  const units: CommitUnit[] = [];
  for (let turn = 0; turn < inputs; turn++) {
    const seq = head.intakeSeq + turn + 1;
    const facts = Array.from({ length: factsEach }, (_, n): Recorded => {
      const place = { seq: head.facts + turn * factsEach + n + 1, atMs: seq, intakeSeq: seq };
      const data = { caseId: 'bench.C-0412', alertId: 'bench.A-1207', words: 'bearing temperature high' };
      return {
        id: `id-${seq}-${n}`,
        actor: 'system:clock',
        causeId: `intake:${seq}`,
        type: 'b.noted',
        v: 1,
        data,
        ...place,
      };
    });
    const intake = { seq, receivedMs: seq, kind: 'batch' as const, payload: new Uint8Array(bytes).fill(seq) };
    units.push({ intake, facts, command: null });
  }
  return journal.commit(units);
}

function syncer(dir: string): () => void {
  const page = new Uint8Array(4_096);
  return () => {
    const file = openSync(join(dir, 'bare'), 'a');
    writeSync(file, page);
    fsyncSync(file);
    closeSync(file);
  };
}

async function timesOf(count: number, run: () => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const start = performance.now();
    await run();
    taken.push(performance.now() - start);
  }
  return taken;
}

function at(figures: number[], quantile: number): number {
  return figures.toSorted((a, b) => a - b)[Math.floor((figures.length - 1) * quantile)] as number;
}

function figure(name: string, unit: string, figures: number[]) {
  return { name, unit, median: at(figures, 0.5), least: at(figures, 0), most: at(figures, 1) };
}

function quantiles(name: string, figures: number[]) {
  const [middle, high] = [at(figures, 0.5), at(figures, 0.99)];
  return [
    { name: `${name}, p50`, unit: 'ms', median: middle, least: middle, most: middle },
    { name: `${name}, p99`, unit: 'ms', median: high, least: high, most: high },
  ];
}

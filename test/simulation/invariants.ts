// What must hold after any life of a site. Each breach is a sentence; an empty list is a sound site.
import { answerAgain } from '#app/kept-answer.ts';
import { auditVerify } from '#adapters/store/sqlite/verify.ts';
import { readJournal } from '#app/compose.ts';
import { inputs, type RowSource } from '#app/inputs.ts';
import { replayCheck } from '#app/replay-check.ts';
import { createLine, feed, type Line } from '#core/line.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { ACCEPTED, type Batch } from '#vocabulary/sample.ts';
import { differenceOf } from './compare.ts';
import { brokenLine } from './line-rules.ts';
import type { Run, SentBatch, SentCommand } from './run.ts';
import { SITE } from './world.ts';

type Journal = Awaited<ReturnType<typeof readJournal>>;

/** Reads the folder of a run that has been closed, and holds it against what its senders were told. */
export async function breaches(run: Run): Promise<string[]> {
  const { world } = run;
  const store = await world.store();
  const rows: RowSource = (from, to) => store.rows(from, to);
  const journal = await readJournal(world.dir);
  try {
    const audit = auditVerify(world.dir);
    const replay = await replayCheck(journal, rows, SITE, { fromMs: null, toMs: null });
    const again = await readAgain(journal, rows);
    const difference = differenceOf(again.line, world.line);
    return [
      ...(audit.ok ? [] : [`the audit fails: ${audit.message}`]),
      ...(replay.equal && replay.live === replay.replayed
        ? []
        : [`${replay.message} ${JSON.stringify(replay.firstDifference)}`]),
      ...(difference ? [`a replay from the start ends in another state: ${difference}`] : []),
      ...lostOrTwice(run, again),
      ...wrongAnswers(run, journal),
      ...brokenLine(allFacts(journal), world.line.state),
    ];
  } finally {
    journal.close();
  }
}

interface Reading {
  line: Line;
  /** every stored copy of a batch by its number, with its marks as judged again */
  copies: Map<number, { batch: Batch; tagAccepted: boolean }[]>;
}

async function readAgain(journal: Journal, rows: RowSource): Promise<Reading> {
  const line = createLine(SITE);
  const copies: Reading['copies'] = new Map();
  for await (const input of inputs(journal, rows, 1, journal.head().intakeSeq)) {
    feed(line, input);
    if (input.kind !== 'batch') continue;
    const last = input.batch.length - 1;
    const number = input.batch.value[last] as number;
    const copy = { batch: input.batch, tagAccepted: input.marks[last] === ACCEPTED };
    copies.set(number, [...(copies.get(number) ?? []), copy]);
  }
  return { line, copies };
}

function lostOrTwice(run: Run, { copies }: Reading): string[] {
  const found: string[] = [];
  for (const sent of run.sent) {
    if (sent.kind !== 'batch') continue;
    const stored = copies.get(sent.number) ?? [];
    if (!sent.sound) {
      if (stored.length > 0) found.push(`batch ${sent.number} cannot be judged and was stored all the same`);
      continue;
    }
    if (stored.length === 0) found.push(`batch ${sent.number} was acknowledged and is lost`);
    if (stored.length > sent.tries) found.push(`batch ${sent.number} is stored more often than it was sent`);
    const accepted = stored.filter((copy) => copy.tagAccepted).length;
    if (accepted !== 1) found.push(`batch ${sent.number} was accepted ${accepted} times`);
    if (stored.some((copy) => !sameRows(copy.batch, sent))) found.push(`batch ${sent.number} was changed`);
  }
  return found;
}

function sameRows(stored: Batch, { batch }: SentBatch): boolean {
  if (stored.length !== batch.length) return false;
  for (const column of ['signal', 'timeMs', 'value', 'quality'] as const) {
    for (let row = 0; row < batch.length; row++) {
      if (!Object.is(stored[column][row], batch[column][row])) return false;
    }
  }
  return true;
}

function wrongAnswers(run: Run, journal: Journal): string[] {
  const commands = run.sent.filter((one): one is SentCommand => one.kind === 'command');
  return commands.flatMap(({ command, answers }) => {
    const kept = journal.answer(command.id);
    const told = new Set(answers.map((answer) => JSON.stringify({ ...answer, again: undefined })));
    if (kept === null) return [`command ${command.id} was answered and is lost`];
    return told.size === 1 && told.has(JSON.stringify(answerAgain(kept, command)))
      ? []
      : [`command ${command.id} got different answers`];
  });
}

function allFacts(journal: Journal): Recorded[] {
  const facts: Recorded[] = [];
  for (;;) {
    const more = journal.facts(facts.length + 1, 5_000);
    if (more.length === 0) return facts;
    facts.push(...more);
  }
}

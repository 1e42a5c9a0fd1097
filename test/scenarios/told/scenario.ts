// A scenario is a folder: plan.yaml (the machine of the simulation when it has none), samples.csv, people.yaml where
// somebody acts, expected.yaml with the facts in order.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createLine, feed, type Input, type Line, lineDueMs } from '#core/line.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { MINUTE_MS } from '#vocabulary/time.ts';
import { describingCommands, planFrom } from '../../simulation/described.ts';

/** Minute 0 of every scenario: Monday of week 48. */
export const ZERO_MS = Date.UTC(2026, 10, 23);
const USUAL_PLAN = join(import.meta.dirname, '..', '..', 'simulation', 'plan.yaml');
const QUALITIES = ['good', 'uncertain', 'bad'];

const minute = z.number();
const peopleSchema = z.array(
  z.strictObject({
    minute,
    who: z.string(),
    does: z.string(),
    with: z.record(z.string(), z.unknown()).optional(),
    /** code of the refusal it meets; otherwise it must be taken */
    refused: z.string().optional(),
  }),
);
const expectedSchema = z.strictObject({
  /** facts of these types are told; all others may come between them */
  types: z.array(z.string()),
  facts: z.array(
    z.strictObject({ minute: minute.optional(), type: z.string(), data: z.unknown().optional() }),
  ),
  /** how long plant time runs on after the last sample, minutes */
  runOn: z.number().optional(),
});
type Deed = z.output<typeof peopleSchema>[number];

/** A fact as a scenario tells it. */
export interface ToldFact {
  minute: number;
  type: string;
  data: unknown;
}

interface Row {
  minute: number;
  signal: string;
  value: number;
  quality: number;
}

/** Runs the folder's samples and people through the line. @returns its facts and those that are expected, as told */
export async function playScenario(folder: string): Promise<{ told: ToldFact[]; expected: object[] }> {
  const own = join(folder, 'plan.yaml');
  const plan = await planFrom(existsSync(own) ? own : USUAL_PLAN);
  const wanted = expectedSchema.parse(parse(readFileSync(join(folder, 'expected.yaml'), 'utf8')));
  const play = new Play(createLine(plan.site), plan.site);
  for (const command of await describingCommands(plan, ZERO_MS)) {
    const { answer } = play.feed({ kind: 'command', command }, ZERO_MS);
    if (answer && isRefusal(answer)) throw new Error(`${command.type}: ${answer.code} ${answer.message}`);
  }
  play.facts.length = 0;
  const path = join(folder, 'people.yaml');
  const deeds = existsSync(path) ? peopleSchema.parse(parse(readFileSync(path, 'utf8'))) : [];
  const rows = readRows(join(folder, 'samples.csv'));
  const endMs = ZERO_MS + ((rows.at(-1)?.minute ?? 0) + (wanted.runOn ?? 0)) * MINUTE_MS;
  for (const next of inOrder(rows, deeds)) {
    if ('does' in next) play.act(next);
    else play.sample(next);
  }
  play.wait(endMs);
  const told = play.facts
    .filter((fact) => wanted.types.includes(fact.type))
    .map(({ atMs, type, data }) => ({ minute: (atMs - ZERO_MS) / MINUTE_MS, type, data }));
  return { told, expected: wanted.facts };
}

/** By minute; people act after the samples of their minute. */
function inOrder(rows: Row[], deeds: Deed[]): (Row | Deed)[] {
  return [...rows, ...deeds].sort((a, b) => a.minute - b.minute);
}

function readRows(path: string): Row[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  if (head !== 'minute,signal,value,quality') throw new Error(`${path}: the first line names other columns`);
  return lines.map((line) => {
    const [at, signal, value, quality] = line.split(',') as [string, string, string, string];
    return {
      minute: Number(at),
      signal,
      value: Number(value),
      quality: QUALITIES.indexOf(quality || 'good'),
    };
  });
}

type Fed = { kind: 'tick' } | Pick<Extract<Input, { kind: 'command' }>, 'kind' | 'command'> | BatchOnly;
type BatchOnly = Pick<Extract<Input, { kind: 'batch' }>, 'kind' | 'batch' | 'marks'>;

class Play {
  readonly facts: Recorded[] = [];
  readonly #line: Line;
  readonly #site: string;
  #seq = 0;

  constructor(line: Line, site: string) {
    this.#line = line;
    this.#site = site;
  }

  feed(input: Fed, atMs: number): ReturnType<typeof feed> {
    const fed = feed(this.#line, { ...input, seq: ++this.#seq, receivedMs: atMs });
    this.facts.push(...fed.facts);
    return fed;
  }

  wait(untilMs: number): void {
    for (let dueMs = lineDueMs(this.#line); dueMs <= untilMs; dueMs = lineDueMs(this.#line)) {
      this.feed({ kind: 'tick' }, Math.max(dueMs, this.#line.state.nowMs));
    }
  }

  sample({ minute: at, signal, value, quality }: Row): void {
    const atMs = ZERO_MS + at * MINUTE_MS;
    this.wait(atMs);
    const batch = emptyBatch(1);
    batch.signal[0] = this.#line.state.acquire.index.get(`${this.#site}.${signal}`) as number;
    batch.timeMs[0] = atMs;
    batch.value[0] = value;
    batch.quality[0] = quality;
    batch.length = 1;
    this.feed({ kind: 'batch', batch, marks: new Uint8Array(1) }, atMs);
  }

  act({ minute: at, who, does, with: given = {}, refused }: Deed): void {
    const atMs = ZERO_MS + at * MINUTE_MS;
    this.wait(atMs);
    const command = {
      id: `deed-${this.#seq}`,
      type: does,
      actor: `person:${this.#site}.${who}` as const,
      data: this.#meant(does, given, atMs),
    };
    const { answer } = this.feed({ kind: 'command', command }, atMs);
    const code = answer && isRefusal(answer) ? answer.code : undefined;
    if (code !== refused) throw new Error(`minute ${at}, ${who} ${does}: ${JSON.stringify(answer)}`);
  }

  /** People say "the draft", not its number: what a command is about is the newest of its kind. */
  #meant(does: string, given: Record<string, unknown>, atMs: number): unknown {
    const { work } = this.#line.state;
    const { limit, lookAgain, ...data } = given;
    if (does === 'monitor.change')
      return { ...data, definition: this.#moved(data['monitorId'], limit as number) };
    if (does.startsWith('monitor.')) return data;
    const newest = {
      draftId: [...work.drafts.keys()].at(-1),
      orderId: [...work.orders.keys()].at(-1),
      caseId: [...work.cases.keys()].at(-1),
    };
    switch (does) {
      case 'work.accept-draft':
        return { draftId: newest.draftId, dayMs: atMs, ...data };
      case 'work.reject-draft':
        return { draftId: newest.draftId, ...data };
      case 'work.give-finding': {
        const lookAgainMs = lookAgain === undefined ? null : atMs + (lookAgain as number) * MINUTE_MS;
        return { caseId: newest.caseId, evidence: 'none', lookAgainMs, hours: 0, noteRef: null, ...data };
      }
      case 'work.report':
        return { position: null, group: null, seenAtMs: atMs, ...data };
      case 'work.append-to-notification':
      case 'work.create-notification':
        return { caseId: newest.caseId, ...data };
      case 'work.merge-cases':
        return data;
      default:
        return { orderId: newest.orderId, ...data };
    }
  }

  #moved(monitorId: unknown, limit: number): MonitorDefinition {
    const record = this.#line.state.monitor.monitors.get(String(monitorId));
    const definition = record?.versions.get(record.inEffect ?? 0)?.definition as MonitorDefinition;
    return { ...definition, condition: { ...definition.condition, limit } as MonitorDefinition['condition'] };
  }
}

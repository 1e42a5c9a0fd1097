import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATA_ABSENT, recordedData } from './data.ts';

const run = promisify(execFile);
const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const MINUTE_MS = 60_000;

/** Runs a recording through the whole line, as `throughline demo --data --headless` does. */
async function play(path: string, ...more: string[]): Promise<Record<string, unknown>> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    MAIN,
    'demo',
    '--data',
    path,
    '--headless',
    '--json',
  ];
  const { stdout } = await run(process.execPath, [...args, ...more], { timeout: 110_000 });
  const { sampleToNotificationMs, ...counts } = JSON.parse(stdout) as Record<string, unknown>;
  expect(sampleToNotificationMs).toMatchObject({ p50: expect.any(Number), p99: expect.any(Number) });
  return counts;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-recorded-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Four weeks at five minutes that twice fall below 65 for half a day; the second fall was a breakdown. */
function madeRecording(): string {
  const startMs = Date.UTC(2026, 0, 5);
  const lines = ['timestamp,value'];
  for (let minute = 0; minute < 28 * 1_440; minute += 5) {
    const day = minute / 1_440;
    const low = (day >= 2 && day < 2.5) || (day >= 20 && day < 20.5);
    const value = (low ? 50 : 90) + Math.sin(minute / 97);
    lines.push(`${new Date(startMs + minute * MINUTE_MS).toISOString()},${value.toFixed(3)}`);
  }
  const path = join(folder, 'made_up.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

describe('a recorded machine through the whole line', () => {
  it('books a true case as a credit and a needless one as a debit, and does so twice alike', async () => {
    const path = madeRecording();
    const events = join(folder, 'known.csv');
    writeFileSync(events, 'from,to,at\n2026-01-25T06:00:00Z,2026-01-25T20:00:00Z,2026-01-25T18:00:00Z\n');
    const first = await play(path, '--events', events);
    expect(first).toMatchObject({
      samples: 8_064,
      alerts: 2,
      notifications: 2,
      drafts: 2,
      workOrders: 2,
      scheduled: 2,
      finished: 2,
      findings: 2,
      credits: 1,
      debits: 1,
      auditOk: true,
      replayEqual: true,
    });
    expect(await play(path, '--events', events)).toEqual(first);
  }, 120_000);

  it('credits nothing when no events are known: every finding is "not checked"', async () => {
    const counts = await play(madeRecording());
    expect(counts).toMatchObject({ notifications: 2, findings: 2, credits: 0, debits: 0, replayEqual: true });
  }, 120_000);

  const data = recordedData();
  if (data === null) process.stderr.write(`${DATA_ABSENT}\n`);
  it.skipIf(data === null)(
    'tells the story of the machine that really failed',
    async () => {
      expect(await play(join(data as string, 'nab/machine_temperature_system_failure.csv'))).toMatchObject({
        samples: 22_695,
        alerts: 7,
        notifications: 5,
        workOrders: 5,
        finished: 5,
        findings: 5,
        credits: 4,
        debits: 1,
        auditOk: true,
        replayEqual: true,
      });
    },
    120_000,
  );
});

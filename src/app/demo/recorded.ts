// A recorded machine through the whole line: its file is published over MQTT like any device's, and plant time follows it.
import type { KnownEvent } from '#core/backtest.ts';
import type { Counts, RecordedResult } from './result.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import { GOOD, BAD } from '#vocabulary/quality.ts';
import { shortId } from '#vocabulary/ids.ts';
import { HOUR_MS, isoUtc } from '#vocabulary/time.ts';
import type { WorkCase } from '#work/state.ts';
import { readFileSync } from 'node:fs';
import { openPublisher } from '../compose.ts';
import { enrolDevice, firstLink } from '../first-credentials.ts';
import type { RunningPlant } from '../plant.ts';
import { Cast, type Truth } from './cast.ts';
import { describePlant, goLive } from './load-plan.ts';

export interface Recording {
  /** source time, ms, in file order; a clock that stepped back is left as it is */
  timeMs: Float64Array;
  value: Float64Array;
  dataHash: string;
  events: KnownEvent[] | null;
}

export interface RecordedOptions {
  plant: RunningPlant;
  plan: PlanDocument;
  recording: Recording;
  onProgress: (done: number, total: number) => void;
  stopped: () => boolean;
}

/** A case counts for an event when it overlaps it or the two days before it. */
const LEAD_MS = 48 * HOUR_MS;
/** People are asked between two messages, so a message carries no more than this. */
const MAX_ROWS_PER_MESSAGE = 12;
/** Device that the recording is published by. */
const DEVICE = 'recorded-machine';
/** Steps of plant time after the last sample; far more than any plan needs, so that a fault ends instead of looping. */
const MAX_STEPS_AFTER = 10_000;

/** Describes the plant at the time of the first sample and walks its monitors through the gate, in hindsight. */
export async function prepareRecorded(options: RecordedOptions): Promise<void> {
  const { plant, plan, recording } = options;
  const seats = await describePlant(plant.site, plant.people, plan);
  const quality = Uint8Array.from(recording.value, (value) => (Number.isFinite(value) ? GOOD : BAD));
  const { timeMs, value, dataHash } = recording;
  const history = { timeMs, value, quality };
  await goLive(plant.site, plan, seats, () => ({
    history,
    dataHash,
    inHindsight: true,
    events: recording.events,
  }));
}

/** Plays the file, waits for people, and lets plant time run on until every order has its finding. */
export async function playRecorded(
  options: RecordedOptions,
): Promise<{ counts: Counts; latenciesMs: number[]; cast: Cast }> {
  const { plant } = options;
  const cast = new Cast({
    url: plant.url,
    firstLink: (personId) => firstLink(plant, personId),
    state: () => plant.site.state(),
    truthOf: (work) => truthOf(options, work),
  });
  const latenciesMs: number[] = [];
  let publishedAt = 0;
  const unsubscribe = plant.site.onFacts((facts) => {
    for (const fact of facts) {
      if (fact.type === 'work.notification-created') latenciesMs.push(performance.now() - publishedAt);
    }
  });
  await publishAll(options, cast, () => {
    publishedAt = performance.now();
  });
  await runOn(options, cast);
  unsubscribe();
  return { counts: countLine(plant), latenciesMs, cast };
}

async function publishAll(options: RecordedOptions, cast: Cast, onPublish: () => void): Promise<void> {
  const { plant, plan, recording } = options;
  const rowsPerMessage = rowsWithin(plan);
  const signal = plan.signals[0];
  if (!signal) throw new Error('E-DEMO-002 the plan declares no signal to publish the recording as');
  const topic = signal.address.topic;
  const secret = await enrolDevice(plant, DEVICE, [topic]);
  const publisher = await openPublisher({
    url: `mqtts://${plant.mqtt.host}:${plant.mqtt.port}`,
    ca: readFileSync(plant.broker.caFile(), 'utf8'),
    clientId: DEVICE,
    secret,
    window: 1,
    giveUpMs: 60_000,
  });
  const { timeMs, value } = recording;
  try {
    for (let from = 0; from < timeMs.length && !options.stopped(); from += rowsPerMessage) {
      const to = Math.min(from + rowsPerMessage, timeMs.length);
      const rows: { value: number | null; time: string }[] = [];
      for (let i = from; i < to; i++) {
        const reading = value[i] as number;
        rows.push({ value: Number.isFinite(reading) ? reading : null, time: isoUtc(timeMs[i] as number) });
      }
      onPublish();
      const before = plant.site.state().facts;
      await publisher.publish(topic, JSON.stringify(rows));
      const newest = rows.length > 0 ? Math.max(...timeMs.subarray(from, to)) : 0;
      await plant.site.drive(Math.max(newest, plant.site.nowMs()));
      if (plant.site.state().facts !== before || cast.nextDueMs() <= plant.site.nowMs()) {
        await cast.settle(plant.site.nowMs());
      }
      options.onProgress(to, timeMs.length);
    }
    await publisher.finish();
  } finally {
    publisher.close();
  }
}

/** Rows that may share a message without the monitor going blind between two of them. */
function rowsWithin(plan: PlanDocument): number {
  const intervalMs = plan.signals[0]?.usualIntervalMs ?? 0;
  const staleMs = Math.min(...plan.monitors.map((one) => one.definition.staleAfterMs));
  if (!(intervalMs > 0) || !Number.isFinite(staleMs)) return 1;
  return Math.max(1, Math.min(MAX_ROWS_PER_MESSAGE, Math.floor(staleMs / intervalMs) - 1));
}

/** Plant time runs on, from one due thing to the next, until nothing waits for a person. */
async function runOn({ plant, stopped }: RecordedOptions, cast: Cast): Promise<void> {
  for (let step = 0; step < MAX_STEPS_AFTER && !stopped(); step++) {
    await cast.settle(plant.site.nowMs());
    const next = cast.nextDueMs();
    if (next === Number.POSITIVE_INFINITY) return;
    await plant.site.drive(Math.max(next, plant.site.nowMs() + 1));
  }
}

function truthOf({ recording, plant }: RecordedOptions, work: WorkCase): Truth {
  if (!recording.events) return { finding: 'not checked', evidence: 'none' };
  const { alerts } = plant.site.state().work;
  const cleared = work.alerts.map((alertId) => alerts.get(alertId)?.clearedAtMs ?? plant.site.nowMs());
  const endMs = Math.max(...cleared);
  const real = recording.events.some(
    (event) => work.openedAtMs <= event.toMs && endMs >= event.fromMs - LEAD_MS,
  );
  return real
    ? { finding: 'as stated', evidence: 'moderate' }
    : { finding: 'nothing found', evidence: 'none' };
}

/** What stands on the line now. */
export function countLine(plant: RunningPlant): Counts {
  const { alert, work, outcome, plan } = plant.site.state();
  const real = [...alert.alerts.values()].filter((raised) => !raised.trial);
  const orders = [...work.orders.values()];
  const cases = [...work.cases.values()];
  const entries = [...outcome.entries.values()];
  return {
    alerts: real.length,
    notifications: work.notifications.size,
    drafts: work.drafts.size,
    workOrders: orders.length,
    scheduled: orders.filter((order) => plan.orders.has(order.orderId)).length,
    finished: orders.filter((order) => order.status === 'finished').length,
    findings: cases.filter((found) => found.findings.length > 0).length,
    credits: entries.filter((entry) => entry.amountMinor > 0).length,
    debits: entries.filter((entry) => entry.amountMinor < 0).length,
    broken: brokenLines(plant),
  };
}

/** Alerts whose line is not whole, in words: each must lead to a notification, an answer and a finding. */
function brokenLines(plant: RunningPlant): string[] {
  const { alert, work } = plant.site.state();
  const broken: string[] = [];
  for (const raised of alert.alerts.values()) {
    if (raised.trial) continue;
    const name = shortId(raised.alertId);
    const found = work.cases.get(work.alerts.get(raised.alertId)?.caseId ?? '');
    if (!found) broken.push(`${name} has no case`);
    else if (!found.notificationId) broken.push(`${name} has no notification`);
    else if (found.openDraftId) broken.push(`${name}: nobody answered the draft`);
    else if (found.openOrderId) broken.push(`${name}: its order is not finished`);
    else if (found.findings.length === 0) broken.push(`${name} has no finding`);
  }
  return broken;
}

/** p50 and p99 of the latencies, ms; null when none was taken. */
export function percentiles(latenciesMs: readonly number[]): RecordedResult['sampleToNotificationMs'] {
  if (latenciesMs.length === 0) return null;
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  return { p50: Math.round(at(0.5) * 100) / 100, p99: Math.round(at(0.99) * 100) / 100 };
}

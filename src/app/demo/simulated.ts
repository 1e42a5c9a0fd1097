// The demo plant: history for the gate, ninety days through the intake log, then the present at sixty times its pace.
import { claimedSignals } from '#acquire/state.ts';
import type { History, KnownEvent } from '#core/backtest.ts';
import { PortFailure } from '#ports/failure.ts';
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import { namedId, shortId } from '#vocabulary/ids.ts';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { type Batch, emptyBatch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { DAY_MS, MINUTE_MS } from '#vocabulary/time.ts';
import type { WorkCase } from '#work/state.ts';
import type { Seats } from '../plan/steps.ts';
import type { RunningPlant } from '../plant.ts';
import { firstLink } from '../first-credentials.ts';
import { Cast, type Truth } from './cast.ts';
import { describePlant, draftMonitors, goLive } from './load-plan.ts';
import { createPlant, knownEvents, type SimulatedPlant } from './plant/plant.ts';
import { HISTORY_DAYS, NOW_DAY } from './plant/story.ts';

/** The same plant every time. */
export const DEMO_SEED = 1200;
/** Plant time runs so much faster than the clock on the wall. */
export const DEMO_RATE = 60;
/** Batches on their way to the writer during the backfill. */
const MAX_BATCHES_IN_FLIGHT = 512;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1_440;
/** Plant minutes in one batch, so that no monitor goes blind between two of them. */
const MINUTES_PER_BATCH = 10;

export interface SimulatedRun {
  model: SimulatedPlant;
  cast: Cast;
  /** readings that the plant sent in the backfill, claimed or not */
  sent: number;
}

/** Plant time at which the story of the demo begins, so that its present is `nowMs`. */
export function storyStartMs(nowMs: number): number {
  return Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - NOW_DAY * DAY_MS;
}

/**
 * Fills a fresh plant whose driven clock stands at the end of the history. Afterwards the clock still stands; the
 * caller lets it run.
 */
export async function fillDemo(
  plant: RunningPlant,
  plan: PlanDocument,
  startMs: number,
  onProgress: (done: number, total: number) => void,
): Promise<SimulatedRun> {
  const model = createPlant(DEMO_SEED, startMs);
  const cast = castOf(plant, model);
  const history = recordHistory(model);
  const seats = await describePlant(plant.site, plant.people, plan, isLive);
  const hashes = await importHistory(plant, plan, history);
  await goLive(plant.site, plan, seats, (signalId, one) => {
    const found = history.get(signalId);
    const dataHash = hashes.get(signalId);
    if (!found || dataHash === undefined) return null;
    const events = eventsOf(startMs, one.definition.failureModeId);
    return { history: found, dataHash, inHindsight: false, events };
  });
  const sent = await backfill(plant, { plan, seats }, model, cast, onProgress);
  return { model, cast, sent };
}

/** Goes on with a plant that was filled before: the model lives through its past again, with every repair in its minute. */
export function resumeDemo(plant: RunningPlant, startMs: number, nowMs: number): SimulatedRun {
  const model = createPlant(DEMO_SEED, startMs);
  const value = new Float64Array(model.signals.length);
  const quality = new Uint8Array(model.signals.length);
  const { orders, cases } = plant.site.state().work;
  const repairs = [...orders.values()]
    .filter((order) => order.finished?.repaired)
    .sort((a, b) => (a.finished?.atMs ?? 0) - (b.finished?.atMs ?? 0));
  while (model.timeMs + MINUTE_MS <= nowMs) {
    model.step(value, quality);
    while ((repairs[0]?.finished?.atMs ?? Number.POSITIVE_INFINITY) <= model.timeMs) {
      const work = cases.get(repairs.shift()?.caseId ?? '');
      const fault = work ? faultOf(plant, work) : null;
      if (fault) model.repaired(fault.asset, fault.failureMode);
    }
  }
  return { model, cast: castOf(plant, model), sent: 0 };
}

function castOf(plant: RunningPlant, model: SimulatedPlant): Cast {
  return new Cast({
    url: plant.url,
    firstLink: (personId) => firstLink(plant, personId),
    state: () => plant.site.state(),
    truthOf: (work) => truthOf(plant, model, work),
    money: true,
    repaired: (work) => {
      const { asset, failureMode } = faultOf(plant, work);
      model.repaired(asset, failureMode);
    },
  });
}

function faultOf(plant: RunningPlant, work: WorkCase): { asset: string; failureMode: string } {
  const definition = plant.site.state().work.monitors.get(work.monitorId)?.get(work.monitorVersion);
  return { asset: shortId(work.fault.assetId), failureMode: shortId(definition?.failureModeId ?? '') };
}

function truthOf(plant: RunningPlant, model: SimulatedPlant, work: WorkCase): Truth {
  const { asset, failureMode } = faultOf(plant, work);
  const finding = model.truth(asset, failureMode, Math.min(model.timeMs, plant.site.nowMs()));
  const real = finding === 'as stated' || finding === 'other fault';
  return { finding, evidence: real ? 'strong' : 'none' };
}

/** Steps through the history and keeps it by signal name, for the backtests of the gate. */
function recordHistory(model: SimulatedPlant): Map<string, History> {
  const rows = (HISTORY_DAYS * DAY_MS) / MINUTE_MS;
  const { signals } = model;
  const histories = new Map<string, { timeMs: Float64Array; value: Float64Array; quality: Uint8Array }>();
  for (const { name } of signals) {
    histories.set(name, {
      timeMs: new Float64Array(rows),
      value: new Float64Array(rows),
      quality: new Uint8Array(rows),
    });
  }
  const value = new Float64Array(signals.length);
  const quality = new Uint8Array(signals.length);
  for (let row = 0; row < rows; row++) {
    model.step(value, quality);
    signals.forEach(({ name }, s) => {
      const found = histories.get(name) as History;
      const sent = value[s] as number;
      found.timeMs[row] = model.timeMs;
      found.value[row] = sent;
      found.quality[row] = Number.isNaN(sent) ? BAD : (quality[s] ?? GOOD);
    });
  }
  return histories;
}

/**
 * The history of every live monitor's signal as imports, one fact each, as a plant of one's own would bring it.
 * @returns the hash of each signal's rows, by the plan's own name of the signal
 */
async function importHistory(
  { histories, site }: RunningPlant,
  plan: PlanDocument,
  history: ReadonlyMap<string, History>,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const name of new Set(plan.monitors.filter(isLive).map((one) => one.definition.signalId))) {
    const rows = history.get(name);
    if (!rows) continue;
    const signalId = namedId(plan.site, name);
    const answer = await histories.importRows(
      {
        commandId: `history:${signalId}`,
        actor: 'system:setup',
        signalId,
        timeColumn: 'simulated minute',
        valueColumn: name,
        timeZone: 'UTC',
        dateOrder: null,
        unit: site.state().monitor.signals.get(signalId)?.unit ?? null,
      },
      rows,
    );
    if (isRefusal(answer)) throw new PortFailure(answer.code, answer.message, answer.mend, false);
    hashes.set(name, site.state().acquire.imports.get(answer.importId)?.fileHash ?? '');
  }
  return hashes;
}

/** Known breakdowns of the failure mode, with the two weeks before in which a warning counts. */
function eventsOf(startMs: number, failureMode: string): KnownEvent[] {
  return knownEvents(startMs)
    .filter((event) => event.failureMode === failureMode)
    .map(({ fromMs, toMs, atMs }) => ({ fromMs, toMs, atMs }));
}

/** Trials and drafts begin late in the past, so that their claims still stand in the present. */
const TRIALS_FROM_DAY = NOW_DAY - 20;

function isLive(one: PlanMonitor): boolean {
  return one.wanted === 'live';
}

async function backfill(
  plant: RunningPlant,
  { plan, seats }: { plan: PlanDocument; seats: Seats },
  model: SimulatedPlant,
  cast: Cast,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const { site } = plant;
  const total = (NOW_DAY * DAY_MS) / MINUTE_MS;
  const done = model.minute;
  const value = new Float64Array(model.signals.length);
  const quality = new Uint8Array(model.signals.length);
  let places = placesOf(plant, model);
  let sent = 0;
  let batch = emptyBatch(MAX_BATCH_SAMPLES);
  const inFlight: Promise<void>[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) inFlight.push(site.accept(trimmed(batch), model.timeMs));
    batch = emptyBatch(MAX_BATCH_SAMPLES);
    if (inFlight.length >= MAX_BATCHES_IN_FLIGHT) await landed(inFlight);
  };
  while (model.minute < total) {
    model.step(value, quality);
    sent += put(batch, places, value, quality, model.timeMs);
    if (model.minute % MINUTES_PER_BATCH === 0 || batch.length > MAX_BATCH_SAMPLES - places.length)
      await flush();
    if (model.minute % MINUTES_PER_HOUR !== 0) continue;
    await flush();
    await landed(inFlight);
    await letPeopleWork(plant, cast, model.timeMs);
    if (model.minute === (TRIALS_FROM_DAY * DAY_MS) / MINUTE_MS) {
      await site.drive(model.timeMs);
      await draftMonitors(site, plan, seats, (one) => !isLive(one));
      places = placesOf(plant, model);
    }
    if (model.minute % MINUTES_PER_DAY === 0) onProgress(model.minute - done, total - done);
  }
  await flush();
  await landed(inFlight);
  await letPeopleWork(plant, cast, model.timeMs);
  onProgress(total - done, total - done);
  return sent;
}

/** Place of each signal on the data plane; -1 for signals that no monitor claims. */
function placesOf(plant: RunningPlant, model: SimulatedPlant): number[] {
  const { acquire, site } = plant.site.state();
  const claimed = claimedSignals(acquire);
  return model.signals.map(({ name }) => claimed.get(`${site}.${name}`) ?? -1);
}

/** Plant time moves only when somebody has something to do; batches move the line's own time. */
async function letPeopleWork(plant: RunningPlant, cast: Cast, nowMs: number): Promise<void> {
  if (cast.nextDueMs() > nowMs) return;
  await plant.site.drive(nowMs);
  await cast.settle(nowMs);
}

async function landed(inFlight: Promise<void>[]): Promise<void> {
  await Promise.all(inFlight.splice(0));
}

function put(
  batch: Batch,
  places: number[],
  value: Float64Array,
  quality: Uint8Array,
  timeMs: number,
): number {
  let sent = 0;
  for (let s = 0; s < places.length; s++) {
    const reading = value[s] as number;
    if (Number.isNaN(reading)) continue;
    sent++;
    const place = places[s] as number;
    if (place < 0) continue;
    const row = batch.length++;
    batch.signal[row] = place;
    batch.timeMs[row] = timeMs;
    batch.value[row] = reading;
    batch.quality[row] = quality[s] as number;
  }
  return sent;
}

function trimmed({ signal, timeMs, value, quality, length }: Batch): Batch {
  return {
    signal: signal.slice(0, length),
    timeMs: timeMs.slice(0, length),
    value: value.slice(0, length),
    quality: quality.slice(0, length),
    length,
  };
}

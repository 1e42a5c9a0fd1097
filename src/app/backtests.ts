// Backtests that people ask the server for: one at a time each, on the archive's thread, recorded for the gate on wish.
import { importsOf } from '#acquire/history.ts';
import { backtestRecord } from '#core/backtest-record.ts';
import type { BacktestRecord } from '#monitor/events.ts';
import { PortFailure } from '#ports/failure.ts';
import type { BacktestWish, Backtested } from '#ports/history-desk.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { otherSignals } from '#vocabulary/conditions/all.ts';
import type { Archive } from './archive.ts';
import { restingOf } from './resting.ts';
import type { Site } from './site.ts';

/** Runs of all people together. */
export const MAX_BACKTESTS = 4;

export class Backtests {
  readonly #site: Pick<Site, 'state'>;
  readonly #archive: Archive;
  readonly #running = new Set<string>();

  constructor(site: Pick<Site, 'state'>, archive: Archive) {
    this.#site = site;
    this.#archive = archive;
  }

  /**
   * @param signal gives the run up
   * @throws PortFailure E-BACKTEST-011 one runs already, -012 given up, -013 too slow; E-SAMPLES-007 too many readings
   */
  async run(personId: string, wish: BacktestWish, signal: AbortSignal): Promise<Backtested | Refusal> {
    const { monitor, acquire } = this.#site.state();
    const record = monitor.monitors.get(wish.monitorId);
    const version = wish.version ?? record?.candidate ?? record?.inEffect ?? 0;
    const known = record?.versions.get(version);
    if (!known) return noVersion(wish.monitorId, version);
    if (this.#running.has(personId) || this.#running.size >= MAX_BACKTESTS) {
      throw busy(this.#running.has(personId));
    }
    const { definition } = known;
    const { signalId, staleAfterMs, quietMs } = definition;
    const condition = wish.condition ?? definition.condition;
    this.#running.add(personId);
    try {
      const told = await this.#archive.backtest(
        {
          ...restingOf(acquire, signalId),
          others: otherSignals(condition).map((one) => restingOf(acquire, one)),
          fromMs: wish.fromMs ?? 0,
          toMs: wish.toMs ?? Number.MAX_SAFE_INTEGER,
          monitor: { condition, staleAfterMs },
          quietMs,
          events: wish.events && wish.events.length > 0 ? wish.events : null,
        },
        signal,
      );
      const { result, ...about } = told;
      return {
        ...result,
        ...about,
        monitorId: wish.monitorId,
        version,
        condition,
        ownCondition: wish.condition === null,
        rejected: importsOf(acquire, signalId).reduce((sum, one) => sum + one.refused, 0),
      };
    } finally {
      this.#running.delete(personId);
    }
  }
}

/** What the gate keeps of a run, or why it keeps nothing of it. */
export function recordOf(run: Backtested): BacktestRecord | Refusal {
  if (!run.ownCondition) {
    return refuse(
      'E-BACKTEST-014',
      'The run judged another condition than the version has, so it says nothing for the gate.',
      'Make a new version with this condition, then run its backtest.',
    );
  }
  if (run.from === null || run.to === null) {
    return refuse(
      'E-BACKTEST-015',
      'No reading of the signal lies in the range, so there is nothing to record.',
      'Import its history, or wait until readings have come.',
    );
  }
  const { monitorId, version, dataHash } = run;
  return backtestRecord(run, { monitorId, version, dataHash, inHindsight: false });
}

function noVersion(monitorId: string, version: number): Refusal {
  return refuse(
    'E-BACKTEST-010',
    `There is no version ${version} of monitor "${monitorId}".`,
    'Check the id and the version.',
  );
}

function busy(own: boolean): PortFailure {
  return new PortFailure(
    'E-BACKTEST-011',
    own ? 'A backtest of yours is running.' : `${MAX_BACKTESTS} backtests are running.`,
    'Wait for its answer, or give it up; then start this one.',
    true,
  );
}

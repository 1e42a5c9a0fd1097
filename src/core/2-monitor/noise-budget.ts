import type { ConsequenceKind, Crew } from '#strategy/events.ts';
import type { CrewId, MonitorId } from '#vocabulary/ids.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import type { BacktestRecord, MonitorDefinition } from './events.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** Share of the walking hours that may be wasted (domain reference 1.3). */
const NOISE_SHARE = 0.3;
/** Without events to score against, an estimate may halve the charge, not more. */
const UNPROVEN_SHARE = 0.5;
/** Walk-bys that may newly fall on one crew in one shift, and shifts in a usual week. */
const WALKS_PER_SHIFT = 2;
const SHIFTS_PER_WEEK = 5;

/** Monitors on these are never refused by the budget: their owner decides (domain reference 1.3). */
const NEVER_REFUSED: readonly ConsequenceKind[] = ['safety', 'food-safety', 'environment'];

/**
 * Weekly hours of a crew (domain reference 1.3): `walk_h = present_hours x CBM_share`, `noise_h = 0.3 x walk_h`.
 * 90 h present and 10 % give 9.0 h walk and 2.7 h noise.
 */
export function noiseBudget(crew: Pick<Crew, 'presentHPerWeek' | 'cbmShare'>): {
  walkH: number;
  noiseH: number;
} {
  const walkH = crew.presentHPerWeek * crew.cbmShare;
  return { walkH, noiseH: NOISE_SHARE * walkH };
}

export interface Waste {
  /** wasted visits a week */
  visitsPerWeek: number;
  hPerWeek: number;
  /** where the figure comes from, for people */
  because: string;
}

/**
 * Wasted visits a week expected of a version. A scored backtest gives notifications x (1 - precision). One without
 * events proves nothing: every notification counts as wasted, or what a named person estimated, but at least half.
 * After a trial without a backtest only a person's estimate is known.
 * @returns null when nothing is known
 */
export function expectedWaste(definition: MonitorDefinition, backtest: BacktestRecord | null): Waste | null {
  const visitH = definition.response?.visitH;
  if (visitH === undefined) return null;
  const estimate = definition.expectedWrongVisitsPerWeek;
  const graded = estimate && estimate.grade !== 'assumed' ? estimate.value : null;
  const waste = (visitsPerWeek: number, because: string): Waste => ({
    visitsPerWeek,
    hPerWeek: visitsPerWeek * visitH,
    because,
  });
  if (backtest) {
    if (backtest.precision !== null) {
      const wrong = backtest.notificationsPerWeek * (1 - backtest.precision);
      return waste(wrong, `backtest, precision ${backtest.precision.toFixed(2)}`);
    }
    const all = backtest.notificationsPerWeek;
    if (graded === null) return waste(all, 'backtest without events: every visit counts as wasted');
    const wrong = Math.min(all, Math.max(all * UNPROVEN_SHARE, graded));
    return waste(wrong, "backtest without events, and a person's estimate");
  }
  return graded === null ? null : waste(graded, "a person's estimate");
}

export interface BudgetAnswer {
  crewId: CrewId;
  noiseH: number;
  /** charged by the crew's other live monitors */
  takenH: number;
  leftH: number;
  waste: Waste;
  /** notifications a week that send the crew walking, this monitor included */
  walksPerWeek: number;
  fits: boolean;
  /** over the budget, but the plant's own rules forbid refusing it: goes to the owner */
  ownerDecides: boolean;
}

/** @returns what the monitor's crew has left for it; null while crew or figures are unknown */
export function budgetFor(
  state: MonitorState,
  monitorId: MonitorId,
  version: MonitorVersion,
): BudgetAnswer | null {
  const { definition } = version;
  const crew = definition.response ? state.crews.get(definition.response.crewId) : undefined;
  const waste = expectedWaste(definition, version.backtest);
  if (!crew || !waste) return null;
  const { noiseH } = noiseBudget(crew);
  let takenH = 0;
  let walksPerWeek = walks(definition, version.backtest);
  for (const other of state.monitors.values()) {
    if (other.monitorId === monitorId || other.charged?.crewId !== crew.crewId) continue;
    takenH += other.charged.wastedHPerWeek;
    walksPerWeek += walksOf(other);
  }
  const leftH = noiseH - takenH;
  const fits = waste.hPerWeek <= leftH && walksPerWeek <= WALKS_PER_SHIFT * SHIFTS_PER_WEEK;
  const ownerDecides = !fits && isNeverRefused(state, definition);
  return { crewId: crew.crewId, noiseH, takenH, leftH, waste, walksPerWeek, fits, ownerDecides };
}

function walksOf(monitor: MonitorRecord): number {
  const version = monitor.inEffect === null ? undefined : monitor.versions.get(monitor.inEffect);
  return version ? walks(version.definition, version.backtest) : 0;
}

/** A desk look sends nobody walking; it is limited by triage minutes instead. */
function walks(definition: MonitorDefinition, backtest: BacktestRecord | null): number {
  if (definition.response?.rung === 'desk look') return 0;
  return backtest?.notificationsPerWeek ?? definition.expectedWrongVisitsPerWeek?.value ?? 0;
}

function isNeverRefused(state: MonitorState, definition: MonitorDefinition): boolean {
  const mode = state.failureModes.get(definition.failureModeId);
  if (!mode) return false;
  if (mode.consequence && NEVER_REFUSED.includes(mode.consequence.kind)) return true;
  return state.criticality.get(mode.assetId)?.class === 'A';
}

/** Shortest backtest that counts as history: as long as the usual trial. */
export const MIN_HISTORY_MS = 4 * WEEK_MS;

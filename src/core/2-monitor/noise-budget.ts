import type { Crew } from '#strategy/events.ts';
import { isGuardedBy } from '#vocabulary/guarded.ts';
import type { CrewId, MonitorId } from '#vocabulary/ids.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import { USUAL_SHIFTS } from './calendar.ts';
import type { BacktestRecord, MonitorDefinition } from './events.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** Without events to score against, an estimate may halve the charge, not more. */
const UNPROVEN_SHARE = 0.5;
/** Walk-bys that may newly fall on one crew in one shift. */
const WALKS_PER_SHIFT = 2;
/** Minutes that one look from the desk takes, and a crew's minutes a week for it where nobody said how many. */
const DESK_LOOK_MIN = 15;
const USUAL_TRIAGE_MIN = 150;

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

/** How often a week a crew may be sent walking, and to the desk. */
export function visitLimits(state: MonitorState, crewId: CrewId): { walks: number; deskLooks: number } {
  const known = state.shifts.get(crewId);
  const shifts = known && known.shifts.length > 0 ? known.shifts.length : USUAL_SHIFTS.length;
  const minutes = known?.triageMinPerWeek ?? USUAL_TRIAGE_MIN;
  return { walks: WALKS_PER_SHIFT * shifts, deskLooks: minutes / DESK_LOOK_MIN };
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
  maxWalksPerWeek: number;
  /** notifications a week that ask for a look from the desk, this monitor included */
  deskLooksPerWeek: number;
  maxDeskLooksPerWeek: number;
  fits: boolean;
  /** over the budget, but the plant's own rules forbid refusing it: goes to the owner */
  ownerDecides: boolean;
  /** each way in which it would fit, in figures; [] when it fits */
  wouldFit: string[];
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
  const calls = callsOf(definition, version.backtest);
  for (const other of state.monitors.values()) {
    // one that sleeps is counted: it wakes without asking for room
    if (other.monitorId === monitorId || other.charged?.crewId !== crew.crewId) continue;
    takenH += other.charged.wastedHPerWeek;
    const theirs = callsOfMonitor(other);
    calls.walks += theirs.walks;
    calls.deskLooks += theirs.deskLooks;
  }
  const limits = visitLimits(state, crew.crewId);
  const leftH = noiseH - takenH;
  const figures = {
    noiseH,
    takenH,
    leftH,
    waste,
    walksPerWeek: calls.walks,
    maxWalksPerWeek: limits.walks,
    deskLooksPerWeek: calls.deskLooks,
    maxDeskLooksPerWeek: limits.deskLooks,
  };
  const wouldFit = waysToFit(version, crew, figures);
  const fits = wouldFit.length === 0;
  const ownerDecides = !fits && isGuarded(state, definition);
  return { crewId: crew.crewId, ...figures, fits, ownerDecides, wouldFit };
}

interface Calls {
  walks: number;
  deskLooks: number;
}

function callsOfMonitor(monitor: MonitorRecord): Calls {
  const version = monitor.inEffect === null ? undefined : monitor.versions.get(monitor.inEffect);
  return version ? callsOf(version.definition, version.backtest) : { walks: 0, deskLooks: 0 };
}

/** A desk look sends nobody walking; it is limited by triage minutes instead. */
function callsOf(definition: MonitorDefinition, backtest: BacktestRecord | null): Calls {
  const calls = backtest?.notificationsPerWeek ?? definition.expectedWrongVisitsPerWeek?.value ?? 0;
  return definition.response?.rung === 'desk look'
    ? { walks: 0, deskLooks: calls }
    : { walks: calls, deskLooks: 0 };
}

type Figures = Omit<BudgetAnswer, 'crewId' | 'fits' | 'ownerDecides' | 'wouldFit'>;

/** What would have to change, in figures: fewer or shorter visits, a better limit or delay, more hours, fewer calls. */
function waysToFit(version: MonitorVersion, crew: Crew, figures: Figures): string[] {
  const ways: string[] = [];
  const { waste, leftH, takenH, noiseH } = figures;
  const visitH = version.definition.response?.visitH ?? 0;
  if (waste.hPerWeek > leftH + TINY_H) {
    const perWeek = visitH > 0 ? Math.max(0, leftH) / visitH : 0;
    const now = waste.visitsPerWeek.toFixed(2);
    ways.push(
      `a limit or delay with at most ${perWeek.toFixed(2)} wasted visits a week (now ${now})`,
      ...precisionNeeded(version, perWeek),
    );
    if (leftH > 0 && waste.visitsPerWeek > 0)
      ways.push(
        `visits of at most ${(leftH / waste.visitsPerWeek).toFixed(2)} h (now ${visitH.toFixed(2)} h)`,
      );
    if (noiseH > 0) {
      const neededH = (crew.presentHPerWeek * (takenH + waste.hPerWeek)) / noiseH;
      ways.push(`${neededH.toFixed(1)} crew hours a week (now ${crew.presentHPerWeek.toFixed(1)} h)`);
    }
  }
  if (figures.walksPerWeek > figures.maxWalksPerWeek)
    ways.push(overLimit('walk-bys', figures.walksPerWeek, figures.maxWalksPerWeek));
  if (figures.deskLooksPerWeek > figures.maxDeskLooksPerWeek)
    ways.push(overLimit('desk looks', figures.deskLooksPerWeek, figures.maxDeskLooksPerWeek));
  return ways;
}

/** Sums of hours are compared no finer than this, h. */
const TINY_H = 1e-9;

function precisionNeeded({ backtest }: MonitorVersion, wastedPerWeek: number): string[] {
  if (backtest?.precision === null || backtest === null || backtest.notificationsPerWeek === 0) return [];
  const needed = 1 - wastedPerWeek / backtest.notificationsPerWeek;
  return [`a precision of at least ${needed.toFixed(2)} (now ${backtest.precision.toFixed(2)})`];
}

function overLimit(what: string, now: number, most: number): string {
  return `${(now - most).toFixed(1)} ${what} a week fewer for this crew (now ${now.toFixed(1)}, at most ${most.toFixed(1)})`;
}

/** Monitors on people, food, environment and A assets are neither refused nor moved by the budget. */
export function isGuarded(state: MonitorState, definition: MonitorDefinition): boolean {
  const mode = state.failureModes.get(definition.failureModeId);
  return !!mode && isGuardedBy(mode.consequence?.kind, state.criticality.get(mode.assetId)?.class);
}

/** Shortest backtest that counts as history: as long as the usual trial. */
export const MIN_HISTORY_MS = 4 * WEEK_MS;

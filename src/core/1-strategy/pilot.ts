// Which failure mode to begin with: pure ranking over what the strategy knows and what later stages say of signals.
import { pCaught } from '#vocabulary/caught.ts';
import { weakerGrade, type Grade } from '#vocabulary/grade.ts';
import type { AssetId, FailureModeId, PersonId } from '#vocabulary/ids.ts';
import { type Feasibility, feasibilityOf } from './feasibility.ts';
import type { Asset, CriticalityScored, FailureModeSheet, Timing } from './events.ts';
import type { StrategyState } from './state.ts';

/** How an asset can be read today; later stages know. */
export type DataAccess = 'watched' | 'signal' | 'hand reading' | 'none';

/** Under this many votes a count would tell who voted how. */
export const MIN_VOTES_SHOWN = 3;
/** What conservative evidence credits of a failure that is caught (own table, owned by finance). */
const REACHABLE = 0.7;

const ACCESS_POINTS: Record<DataAccess, number> = { watched: 5, signal: 5, 'hand reading': 3, none: 1 };
const CLASS_POINTS = { A: 5, B: 3, C: 1 } as const;

export interface PilotVotes {
  willing: number;
  unwilling: number;
}

export interface PilotCandidate {
  failureModeId: FailureModeId;
  assetId: AssetId;
  /** money a year that a good monitor can reach; null when no loss is known */
  reachMinorPerYear: number | null;
  reachGrade: Grade | null;
  lossMinorPerYear: number | null;
  /** share of it that rounds and PMs catch already */
  caught: number;
  feasibility: Feasibility | null;
  access: DataAccess;
  votes: PilotVotes;
  /** 0..25: loss, criticality, feasibility, access and crew, five points each */
  points: number;
  /** why it cannot be a pilot; [] for a candidate */
  rejected: string[];
  /** what it would still take */
  takes: string[];
}

export interface PilotNews {
  access: ReadonlyMap<AssetId, DataAccess>;
  /** timing that a monitor and its job plans already tell, by failure mode */
  timing: ReadonlyMap<FailureModeId, Timing>;
}

/**
 * Candidates, best first, then the rejected ones. Points are 0..5 each for reachable loss (against the largest),
 * criticality class, time to spare (0 when unknown), data access and the share of willing votes (2.5 without votes).
 */
export function rankPilots(state: StrategyState, news: PilotNews): PilotCandidate[] {
  const found: PilotCandidate[] = [];
  for (const mode of state.failureModes.values()) {
    const asset = state.assets.get(mode.assetId);
    if (asset) found.push(candidate(state, news, mode, asset));
  }
  const largest = Math.max(1, ...found.map((one) => one.reachMinorPerYear ?? 0));
  for (const one of found) {
    const criticality = state.criticality.get(one.assetId);
    one.points = pointsOf(one, criticality, largest);
  }
  return found.toSorted(
    (a, b) =>
      a.rejected.length - b.rejected.length ||
      b.points - a.points ||
      a.failureModeId.localeCompare(b.failureModeId),
  );
}

function candidate(
  state: StrategyState,
  news: PilotNews,
  mode: FailureModeSheet,
  asset: Asset,
): PilotCandidate {
  const loss = lossOf(state, mode);
  const caught = pCaught(mode.currentControl?.intervalMs ?? null, mode.pfMinMs?.value ?? null);
  const timing = mode.timing ?? news.timing.get(mode.failureModeId) ?? null;
  const feasibility = feasibilityOf({ pfMinMs: mode.pfMinMs, timing });
  const access = news.access.get(asset.assetId) ?? 'none';
  const reach = loss === null ? null : Math.round(loss.minor * (1 - caught) * REACHABLE);
  return {
    failureModeId: mode.failureModeId,
    assetId: asset.assetId,
    reachMinorPerYear: reach,
    reachGrade: loss && mode.pfMinMs ? weakerGrade(loss.grade, mode.pfMinMs.grade) : (loss?.grade ?? null),
    lossMinorPerYear: loss?.minor ?? null,
    caught,
    feasibility,
    access,
    votes: votesOf(state.pilotVotes.get(mode.failureModeId)),
    points: 0,
    rejected: rejections(mode, feasibility, loss?.minor ?? null),
    takes: needs(state, mode, asset, access, feasibility),
  };
}

/** Yearly loss of a failure mode, else what the machine was said to cost where it is the only mode described. */
function lossOf(state: StrategyState, mode: FailureModeSheet): { minor: number; grade: Grade } | null {
  const own = mode.baselineLossMinorPerYear;
  if (own) return { minor: own.value, grade: own.grade };
  const alone = [...state.failureModes.values()].filter((one) => one.assetId === mode.assetId).length === 1;
  const memory = alone ? state.losses.get(mode.assetId) : undefined;
  if (!memory) return null;
  const hour = state.assets.get(mode.assetId)?.stopHourMinor ?? null;
  const stops = memory.hoursPerYear && hour ? memory.hoursPerYear.value * hour.value : 0;
  const minor = Math.round(stops + (memory.costMinorPerYear?.value ?? 0));
  return minor > 0 ? { minor, grade: 'estimated' } : null;
}

/** A pilot has to end in planned work: what cannot is rejected, with the reason. */
function rejections(mode: FailureModeSheet, feasibility: Feasibility | null, loss: number | null): string[] {
  const reasons: string[] = [];
  if (mode.runToFailure) reasons.push('it is left to fail by decision');
  if (feasibility && feasibility.spareMs < 0) {
    reasons.push('the fault shows too late: what the P-F interval leaves is shorter than work and lead time');
  }
  if (loss === 0) reasons.push('it loses nothing');
  return reasons;
}

function needs(
  state: StrategyState,
  mode: FailureModeSheet,
  asset: Asset,
  access: DataAccess,
  feasibility: Feasibility | null,
): string[] {
  const takes: string[] = [];
  if (!mode.pfMinMs) takes.push('say how long the fault can be seen before the failure');
  else if (!feasibility) takes.push('say how often somebody looks and how long the work takes');
  if (!state.criticality.has(asset.assetId)) takes.push('answer the one question of criticality');
  if (asset.stopHourMinor === null) takes.push("say what an hour's stop costs");
  if (access === 'none') takes.push('a signal: a hand reading costs nothing but the walk');
  if (!state.objectives.get(mode.objectiveId)?.accountable) takes.push('name the one who answers');
  return takes;
}

function votesOf(votes: ReadonlyMap<PersonId, boolean> | undefined): PilotVotes {
  let willing = 0;
  for (const vote of votes?.values() ?? []) if (vote) willing++;
  return { willing, unwilling: (votes?.size ?? 0) - willing };
}

function pointsOf(one: PilotCandidate, criticality: CriticalityScored | undefined, largest: number): number {
  const loss = (5 * (one.reachMinorPerYear ?? 0)) / largest;
  const criticalityPoints = criticality ? CLASS_POINTS[criticality.class] : 0;
  const spare = one.feasibility;
  const time =
    spare === null ? 0 : Math.max(0, Math.min(5, (5 * spare.spareMs) / Math.max(1, spare.neededMs)));
  const cast = one.votes.willing + one.votes.unwilling;
  const crew = cast === 0 ? 2.5 : (5 * one.votes.willing) / cast;
  return Math.round((loss + criticalityPoints + time + ACCESS_POINTS[one.access] + crew) * 10) / 10;
}

import { MAX_A_SHARE, shareOfA } from '#strategy/criticality.ts';
import type { Contributor, CriticalityClass, FailureMode, LineState, Objective } from '#strategy/events.ts';
import type { Grade, Graded } from '#vocabulary/grade.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { scoreOf } from './asset-sheet.ts';
import { type Gap, MAX_GAPS, strategyGaps } from './gaps.ts';
import { type Look, versionShown } from './look.ts';
import { objectiveNow } from './objective-now.ts';

/** The KPI of today is that of so many days. */
const NOW_DAYS = 365;

export interface ObjectiveView {
  objectiveId: string;
  name: string;
  kpi: string;
  unit: string;
  baseline: number | null;
  baselineGrade: Grade | null;
  target: number | null;
  dueMs: number | null;
  valuePerUnitMinor: number | null;
  accountable: PersonId | null;
  contributors: Contributor[];
  valueByState: Record<LineState, Graded | null> | null;
  /** the baseline no longer moves by itself: when it was frozen, and over which period */
  frozen: { atMs: number; fromMs: number; toMs: number; imports: number; hash: string } | null;
  /** the KPI today; null while nothing has been measured since the baseline */
  now: number | null;
  failureModes: number;
  gaps: string[];
}

export interface AssetView {
  assetId: string;
  name: string;
  parentId: string | null;
  equipmentClass: string;
  criticality: CriticalityClass | null;
  /** consequence 1..5 and likelihood 1..5 behind the class, and whether a team stands behind them */
  scores: { consequence: number; likelihood: number; firstAnswer: boolean } | null;
  reviewDueMs: number | null;
  stopHourMinor: number | null;
  failureModes: {
    failureModeId: string;
    name: string;
    position: string;
    group: string;
    iso14224: string;
    pfMinMs: number | null;
    pfGrade: Grade | null;
    objectiveId: string;
    monitors: string[];
    endsByDecision: string | null;
  }[];
}

/** What loses us money, which asset, how does it fail, and who answers? */
export interface StrategyView {
  plant: { name: string; line: string; timeZone: string; currency: string; simulated: boolean } | null;
  objectives: ObjectiveView[];
  assets: AssetView[];
  /** state of the line by ISO week */
  lineStates: { week: string; state: LineState }[];
  /** why the classes say little; null while they say something */
  classWarning: string | null;
  /** what is missing and matters now */
  open: Gap[];
}

export function strategyView(look: Look): StrategyView {
  const { strategy, monitor } = look.state;
  const modes = [...strategy.failureModes.values()];
  const watching = new Map<string, string[]>();
  for (const record of monitor.monitors.values()) {
    const version = versionShown(look.state, record.monitorId);
    if (!version || record.lifecycle === 'retired') continue;
    const { failureModeId } = version.definition;
    watching.set(failureModeId, [...(watching.get(failureModeId) ?? []), record.monitorId]);
  }
  const objectives = [...strategy.objectives.values()].map((objective): ObjectiveView => {
    const mine = modes.filter((mode) => mode.objectiveId === objective.objectiveId);
    return {
      objectiveId: objective.objectiveId,
      name: objective.name,
      kpi: objective.kpi,
      unit: objective.unit,
      baseline: objective.baseline?.value ?? null,
      baselineGrade: objective.baseline?.grade ?? null,
      target: objective.target,
      dueMs: objective.dueMs,
      valuePerUnitMinor: objective.valuePerUnitMinor?.value ?? null,
      accountable: objective.accountable,
      contributors: objective.contributors,
      valueByState: objective.valueByState,
      frozen: frozenOf(look, objective.objectiveId),
      now: objectiveNow(look, objective, look.nowMs - NOW_DAYS * DAY_MS).now,
      failureModes: mine.length,
      gaps: gapsOf(objective, mine, watching),
    };
  });
  const assets = [...strategy.assets.values()].map((asset): AssetView => {
    const criticality = strategy.criticality.get(asset.assetId);
    return {
      assetId: asset.assetId,
      name: asset.name,
      parentId: asset.parentId,
      equipmentClass: asset.equipmentClass,
      criticality: criticality?.class ?? null,
      scores: criticality
        ? {
            consequence: scoreOf(criticality).consequenceScore,
            likelihood: criticality.likelihood,
            firstAnswer: criticality.basis === 'first answer',
          }
        : null,
      reviewDueMs: criticality?.reviewDueMs ?? null,
      stopHourMinor: asset.stopHourMinor?.value ?? null,
      failureModes: modes
        .filter((mode) => mode.assetId === asset.assetId)
        .map((mode) => ({
          failureModeId: mode.failureModeId,
          name: mode.name,
          position: mode.position,
          group: mode.group,
          iso14224: mode.iso14224,
          pfMinMs: mode.pfMinMs?.value ?? null,
          pfGrade: mode.pfMinMs?.grade ?? null,
          objectiveId: mode.objectiveId,
          monitors: watching.get(mode.failureModeId) ?? [],
          endsByDecision: mode.runToFailure ? 'run to failure' : null,
        })),
    };
  });
  const share = shareOfA(strategy.criticality.values());
  return {
    plant: strategy.plant,
    objectives,
    assets,
    lineStates: [...strategy.lineStates].map(([week, state]) => ({ week, state })),
    classWarning:
      share !== null && share > MAX_A_SHARE
        ? `${Math.round(share * 100)} % of the assessed assets are class A; a usual plant has 10 to 20 %, so the scoring does not tell them apart.`
        : null,
    open: strategyGaps(look).slice(0, MAX_GAPS),
  };
}

function frozenOf(look: Look, objectiveId: string): ObjectiveView['frozen'] {
  const frozen = look.state.strategy.frozen.get(objectiveId);
  if (!frozen) return null;
  const { atMs, fromMs, toMs, importIds, hash } = frozen;
  return { atMs, fromMs, toMs, imports: importIds.length, hash };
}

/** What an objective still lacks, in words. */
function gapsOf(objective: Objective, modes: FailureMode[], watching: Map<string, string[]>): string[] {
  const gaps: string[] = [];
  if (!objective.baseline) gaps.push('no baseline');
  if (objective.target === null) gaps.push('no target');
  if (!objective.accountable) gaps.push('nobody answers');
  if (modes.length === 0) gaps.push('no failure mode');
  const unwatched = modes.filter((mode) => !mode.runToFailure && !watching.has(mode.failureModeId)).length;
  if (unwatched > 0)
    gaps.push(
      unwatched === 1 ? '1 failure mode without a monitor' : `${unwatched} failure modes without a monitor`,
    );
  return gaps;
}

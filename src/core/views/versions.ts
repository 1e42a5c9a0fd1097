import type { MonitorDefinition } from '#monitor/events.ts';
import type { MonitorVersion } from '#monitor/state.ts';
import { conditionText } from '#vocabulary/conditions/say.ts';
import { type MonitorId, type PersonId, shortId } from '#vocabulary/ids.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import type { SiteState } from '../flow.ts';
import { spanWords } from '#vocabulary/time.ts';

/** One field that a version changed, in words; `person:<id>` stands for a name. */
export interface VersionDifference {
  field: string;
  before: string;
  after: string;
}

export interface VersionView {
  version: number;
  draftedAtMs: number;
  by: PersonId;
  reason: string;
  inEffect: boolean;
  inWork: boolean;
  /** the version it is compared with; null for the first */
  against: number | null;
  differences: VersionDifference[];
}

const MISSING = 'not said';

/** Versions of a monitor, newest first, each with what it changed; [] for an unknown monitor. */
export function versionViews(state: SiteState, monitorId: MonitorId): VersionView[] {
  const monitor = state.monitor.monitors.get(monitorId);
  if (!monitor) return [];
  const versions = [...monitor.versions.values()];
  const views = versions.map((version): VersionView => {
    const before = replacedBy(monitor.versions, version);
    return {
      version: version.version,
      draftedAtMs: version.draftedAtMs,
      by: version.draftedBy,
      reason: version.reason,
      inEffect: monitor.inEffect === version.version,
      inWork: monitor.candidate === version.version,
      against: before?.version ?? null,
      differences: before ? differences(state, before.definition, version.definition) : [],
    };
  });
  return views.toReversed();
}

/** What a version is compared with: the one it replaces, else the one before. */
function replacedBy(
  versions: ReadonlyMap<number, MonitorVersion>,
  version: MonitorVersion,
): MonitorVersion | null {
  return versions.get(version.change?.from ?? version.version - 1) ?? null;
}

/** Fields that differ between two definitions, in words. */
export function differences(
  state: SiteState,
  before: MonitorDefinition,
  after: MonitorDefinition,
): VersionDifference[] {
  const unit = state.monitor.signals.get(after.signalId)?.unit ?? '';
  const fields: [string, (definition: MonitorDefinition) => string | null | undefined][] = [
    ['Name', (one) => one.name],
    ['Fails', (one) => state.strategy.failureModes.get(one.failureModeId)?.name],
    ['Signal', (one) => state.monitor.signals.get(one.signalId)?.name],
    ['Condition', (one) => conditionText(one.condition, unit)],
    ['Limit from', (one) => one.limitSource?.text],
    ['No valid signal after', (one) => spanWords(one.staleAfterMs)],
    ['Quiet time', (one) => spanWords(one.quietMs)],
    ['Proof after repair', (one) => spanWords(one.proofMs)],
    ['Decision', (one) => one.decision],
    ['First rung', (one) => one.response?.rung],
    ['First action', (one) => one.response?.firstAction],
    ['Who goes', (one) => state.strategy.crews.get(one.response?.crewId ?? '')?.name],
    ['Within', (one) => one.response && spanWords(one.response.withinMs)],
    ['Hours of a visit', (one) => one.response && `${one.response.visitH} h`],
    ['Check', (one) => jobName(state, one.response?.checkJobPlanId)],
    ['Repair', (one) => jobName(state, one.response?.repairJobPlanId)],
    ['Wasted visits a week', (one) => one.expectedWrongVisitsPerWeek?.value.toString()],
    ['Answers', (one) => one.owner && `person:${one.owner}`],
  ];
  return fields
    .map(([field, read]) => ({ field, before: read(before) || MISSING, after: read(after) || MISSING }))
    .filter((one) => !saysTheSame(one.before, one.after));
}

function jobName(state: SiteState, jobPlanId: string | null | undefined): string | null {
  if (!jobPlanId) return null;
  return state.monitor.jobPlans.get(jobPlanId)?.name ?? shortId(jobPlanId);
}

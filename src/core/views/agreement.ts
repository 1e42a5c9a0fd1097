import type { Comparison, Episode } from '#monitor/agreement-events.ts';
import { AGREEMENT, MAX_EPISODES, reviewed } from '#monitor/agreement.ts';
import { signingTechnicians } from '#monitor/gate-evidence.ts';
import { liveGate } from '#monitor/gate.ts';
import { makesWork, versionInWork } from '#monitor/lifecycle.ts';
import type { MonitorRecord, MonitorVersion } from '#monitor/state.ts';
import { conditionText } from '#vocabulary/conditions/say.ts';
import type { MonitorId, PersonId } from '#vocabulary/ids.ts';
import { isFalse, isTrue } from '#work/events.ts';
import { SHOWN_MS } from '../backtest-episodes.ts';
import type { SiteState } from '../flow.ts';
import { type Look, limitOf, type Viewer } from './look.ts';
import type { LimitView } from './shapes.ts';

/** A version that waits for people: what it is, what it would have done, and who is still asked. */
export interface ApprovalRow {
  monitorId: string;
  name: string;
  assetName: string;
  version: number;
  /** the version it replaces; null for a first one */
  from: number | null;
  conditionBefore: string | null;
  condition: string;
  reason: string;
  proposedBy: PersonId | null;
  proposedAtMs: number | null;
  signedBy: PersonId[];
  comparison: Comparison | null;
  direction: string | null;
  /** an emergency change in effect until then */
  emergencyUntilMs: number | null;
  consentWaits: boolean;
  effectiveMs: number | null;
  missing: { code: string; title: string; detail: string; mend: string; who: string }[];
  comments: { by: PersonId; textRef: string; atMs: number }[];
  /** what the person who looks may do */
  may: { approve: boolean; comment: boolean; review: boolean; consent: boolean };
}

/** What waits for a second person? Emergency changes first, then by age. */
export function approvalRows(look: Look, viewer: Viewer): ApprovalRow[] {
  const rows: ApprovalRow[] = [];
  for (const monitor of look.state.monitor.monitors.values()) {
    const version = versionInWork(monitor);
    if (!version || monitor.lifecycle === 'retired' || version.proposedBy === null) continue;
    if (makesWork(monitor) ? monitor.candidate === null : monitor.lifecycle !== 'proposed') continue;
    rows.push(approvalRow(look, monitor, version, viewer));
  }
  return rows.sort(
    (a, b) =>
      Number(b.emergencyUntilMs !== null) - Number(a.emergencyUntilMs !== null) ||
      (a.proposedAtMs ?? 0) - (b.proposedAtMs ?? 0),
  );
}

function approvalRow(
  { state, nowMs }: Look,
  monitor: MonitorRecord,
  version: MonitorVersion,
  viewer: Viewer,
): ApprovalRow {
  const { definition, change } = version;
  const unit = state.monitor.signals.get(definition.signalId)?.unit ?? '';
  const before = change ? monitor.versions.get(change.from) : undefined;
  const assetId = state.strategy.failureModes.get(definition.failureModeId)?.assetId ?? '';
  const gate = liveGate(state.monitor, monitor.monitorId, version.version, nowMs);
  const consentWaits =
    !!change?.emergency &&
    change.consentBy === null &&
    change.emergencyFromMs === null &&
    change.direction !== 'tighter';
  const inEffect = monitor.versions.get(monitor.inEffect ?? version.version)?.definition ?? definition;
  return {
    monitorId: monitor.monitorId,
    name: definition.name,
    assetName: state.strategy.assets.get(assetId)?.name ?? '',
    version: version.version,
    from: change?.from ?? null,
    conditionBefore: before ? conditionText(before.definition.condition, unit) : null,
    condition: conditionText(definition.condition, unit),
    reason: version.reason,
    proposedBy: version.proposedBy,
    proposedAtMs: version.proposedAtMs,
    signedBy: version.signOffs.map((signed) => signed.by),
    comparison: change?.comparison ?? null,
    direction: change?.direction ?? null,
    emergencyUntilMs: monitor.emergency?.untilMs ?? null,
    consentWaits,
    effectiveMs: change?.effectiveMs ?? null,
    missing: gate
      .filter((one) => !one.met)
      .map(({ code, title, detail, mend, who }) => ({ code, title, detail, mend, who })),
    comments: version.comments,
    may: {
      approve: change !== null && version.proposedBy !== viewer.personId && change.effectiveMs === null,
      comment: true,
      review: reviewWaits(state, version, viewer.personId),
      consent: consentWaits && inEffect.owner === viewer.personId,
    },
  };
}

/** Whether somebody of the crew may still answer this version's blind review. */
export function reviewWaits(state: SiteState, version: MonitorVersion, personId: PersonId): boolean {
  if (!version.review || version.proposedBy === personId) return false;
  if (version.review.signed.some((one) => one.by === personId)) return false;
  return signingTechnicians(state.monitor, version.definition.response?.crewId ?? '').has(personId);
}

/** Would you have gone? Past episodes without what came of them. */
export interface ReviewView {
  monitorId: string;
  version: number;
  name: string;
  assetName: string;
  signalId: string;
  signalName: string;
  unit: string;
  limit: LimitView | null;
  firstAction: string;
  episodes: Episode[];
  /** the person who looks may answer */
  mayAnswer: boolean;
  answered: boolean;
  signedBy: PersonId[];
  /** all answers together; null before the first */
  agreement: { agreed: number; of: number; needed: number } | null;
}

/** @returns null while no episodes of the version in work have been shown */
export function reviewView({ state }: Look, monitorId: MonitorId, viewer: Viewer): ReviewView | null {
  const monitor = state.monitor.monitors.get(monitorId);
  const version = monitor && versionInWork(monitor);
  if (!version?.review) return null;
  const { definition, review } = version;
  const signal = state.monitor.signals.get(definition.signalId);
  const assetId = state.strategy.failureModes.get(definition.failureModeId)?.assetId ?? '';
  const agreed = reviewed(version);
  return {
    monitorId,
    version: version.version,
    name: definition.name,
    assetName: state.strategy.assets.get(assetId)?.name ?? '',
    signalId: definition.signalId,
    signalName: signal?.name ?? '',
    unit: signal?.unit ?? '',
    limit: limitOf(definition, signal?.unit ?? ''),
    firstAction: definition.response?.firstAction ?? '',
    episodes: review.episodes.map(({ episodeId, fromMs, toMs, atMs }) => ({ episodeId, fromMs, toMs, atMs })),
    mayAnswer: reviewWaits(state, version, viewer.personId),
    answered: review.signed.some((one) => one.by === viewer.personId),
    signedBy: review.signed.map((one) => one.by),
    agreement: agreed && { ...agreed, needed: AGREEMENT },
  };
}

/**
 * Past alerts of a monitor whose outcome a finding has told: what a blind review can show; the newest ones. What came of
 * an alert is the first answer after it: a case that was opened again has several.
 */
export function pastEpisodes(state: SiteState, monitorId: MonitorId): (Episode & { real: boolean })[] {
  const verdicts = Map.groupBy(state.outcome.tallies.get(monitorId)?.verdicts ?? [], (one) => one.caseId);
  const episodes: (Episode & { real: boolean })[] = [];
  for (const { alertId, raisedAtMs, caseId, monitorId: raisedBy } of state.work.alerts.values()) {
    if (raisedBy !== monitorId) continue;
    const finding = verdicts.get(caseId)?.find(({ atMs }) => atMs >= raisedAtMs)?.finding;
    if (!finding || (!isTrue(finding) && !isFalse(finding))) continue;
    const window = { fromMs: raisedAtMs - SHOWN_MS, toMs: raisedAtMs, atMs: raisedAtMs };
    episodes.push({ episodeId: alertId, ...window, real: isTrue(finding) });
  }
  return episodes.slice(-MAX_EPISODES);
}

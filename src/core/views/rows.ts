import type { CaseId, MonitorId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import { gateCount, liveGate, trialGate } from '#monitor/gate.ts';
import { lastFinding, type WorkCase } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { blindSince, type Look, limitOf, readingOf, versionShown } from './look.ts';
import type { CaseRow, MonitorRow } from './shapes.ts';

/** What a case is about, as people would say it: `Product pump P-201: bearing wears, drive end`. */
export function caseTitle(state: SiteState, work: WorkCase): string {
  return `${objectOf(state, work)}: ${faultOf(state, work)}`;
}

/** `Product pump P-201` */
export function objectOf(state: SiteState, work: WorkCase): string {
  const asset = state.strategy.assets.get(work.fault.assetId);
  return `${asset?.name ?? ''} ${shortId(work.fault.assetId)}`.trim();
}

/** `bearing wears, drive end` */
export function faultOf(state: SiteState, work: WorkCase): string {
  const mode = failureModeOf(state, work.monitorId);
  const position = work.fault.position === '' ? '' : `, ${work.fault.position}`;
  return `${mode?.name ?? work.fault.group}${position}`;
}

export function failureModeOf(state: SiteState, monitorId: MonitorId) {
  const version = versionShown(state, monitorId);
  return version ? state.strategy.failureModes.get(version.definition.failureModeId) : undefined;
}

export function caseState(work: WorkCase): CaseRow['state'] {
  if (work.closedAtMs !== null) return 'closed';
  return work.orders.length > 0 || work.findings.length > 0 ? 'being handled' : 'new';
}

/** Whom or what an open case waits for, in words. */
export function waitsFor(state: SiteState, work: WorkCase): string {
  if (work.closedAtMs !== null) return work.closedBecause ?? 'closed';
  const order = work.openOrderId ? state.work.orders.get(work.openOrderId) : null;
  if (order?.status === 'created') return 'release';
  if (order?.status === 'released') return 'start';
  if (order?.status === 'started') return lastFinding(work, order.orderId) ? 'finish' : 'finding';
  if (work.openDraftId) return 'planner';
  if (work.active.length > 0) return 'clear';
  return work.proofUntilMs !== null && work.proofUntilMs > state.nowMs ? 'proof' : 'quiet time';
}

export function caseRow(state: SiteState, caseId: CaseId): CaseRow {
  const work = state.work.cases.get(caseId) as WorkCase;
  const asset = state.strategy.assets.get(work.fault.assetId);
  let amountMinor: number | null = null;
  for (const entry of state.outcome.entries.values()) {
    if (entry.caseId === caseId) amountMinor = (amountMinor ?? 0) + entry.amountMinor;
  }
  return {
    caseId,
    assetId: work.fault.assetId,
    assetName: asset?.name ?? '',
    title: caseTitle(state, work),
    priority: work.priority,
    state: caseState(work),
    openedAtMs: work.openedAtMs,
    closedAtMs: work.closedAtMs,
    latestFinishMs: work.finishBy.latestFinishMs,
    finishPrecision: work.finishBy.precision,
    waitsFor: waitsFor(state, work),
    notificationId: work.notificationId ?? '',
    orderId: work.orders.at(-1) ?? null,
    finding: lastFinding(work)?.finding ?? null,
    amountMinor,
  };
}

/** Rows of all cases, open ones first, most urgent first, then newest first. */
export function caseRows(state: SiteState): CaseRow[] {
  const rows = [...state.work.cases.keys()].map((caseId) => caseRow(state, caseId));
  const rank = (row: CaseRow): number => (row.state === 'closed' ? 9 : row.priority);
  return rows.sort((a, b) => rank(a) - rank(b) || b.openedAtMs - a.openedAtMs);
}

export function monitorRow(look: Look, monitorId: MonitorId): MonitorRow | null {
  const { state } = look;
  const monitor = state.monitor.monitors.get(monitorId);
  const version = versionShown(state, monitorId);
  if (!monitor || !version) return null;
  const { definition } = version;
  const mode = state.strategy.failureModes.get(definition.failureModeId);
  const asset = mode ? state.strategy.assets.get(mode.assetId) : undefined;
  const live = liveGate(state.monitor, monitorId, version.version, look.nowMs);
  const items = monitor.lifecycle === 'trial' ? trialGate(state.monitor, monitorId, version.version) : live;
  const { met, of } = gateCount(items);
  let alerts = 0;
  for (const alert of state.alert.alerts.values()) if (alert.monitorId === monitorId) alerts++;
  return {
    monitorId,
    name: definition.name,
    assetId: asset?.assetId ?? '',
    assetName: asset?.name ?? '',
    failureMode: mode?.name ?? '',
    criticality: asset ? (state.strategy.criticality.get(asset.assetId)?.class ?? null) : null,
    lifecycle: monitor.lifecycle,
    signalId: definition.signalId,
    reading: readingOf(look, definition.signalId, blindSince(look, monitorId)),
    limit: limitOf(definition, state.monitor.signals.get(definition.signalId)?.unit ?? ''),
    active: state.detect.active.has(monitorId),
    alerts,
    owner: definition.owner,
    gateMet: met,
    gateOf: of,
  };
}

/** Rows of all monitors; those with an active alert first, then by name. */
export function monitorRows(look: Look): MonitorRow[] {
  const rows: MonitorRow[] = [];
  for (const monitorId of look.state.monitor.monitors.keys()) {
    const row = monitorRow(look, monitorId);
    if (row) rows.push(row);
  }
  return rows.sort((a, b) => Number(b.active) - Number(a.active) || a.monitorId.localeCompare(b.monitorId));
}

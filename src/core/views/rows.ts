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
  if (work.offer) return 'an answer: same fault?';
  const order = work.openOrderId ? state.work.orders.get(work.openOrderId) : null;
  if (order?.status === 'created') return 'release';
  if (order?.status === 'released') return 'start';
  if (order?.status === 'started') return lastFinding(work, order.orderId) ? 'finish' : 'finding';
  if (work.openDraftId) return 'planner';
  if (work.active.length > 0) return 'clear';
  return work.proofUntilMs !== null && work.proofUntilMs > state.nowMs ? 'proof' : 'quiet time';
}

function caseRow(state: SiteState, work: WorkCase, amounts: ReadonlyMap<CaseId, number>): CaseRow {
  const asset = state.strategy.assets.get(work.fault.assetId);
  return {
    caseId: work.caseId,
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
    amountMinor: amounts.get(work.caseId) ?? null,
  };
}

/** What every case has brought or cost so far, in one pass over the ledgers. */
function amountsByCase(state: SiteState): Map<CaseId, number> {
  const amounts = new Map<CaseId, number>();
  for (const { caseId, amountMinor } of state.outcome.entries.values()) {
    amounts.set(caseId, (amounts.get(caseId) ?? 0) + amountMinor);
  }
  return amounts;
}

/** Cases that are not closed. */
export function openCases(state: SiteState): WorkCase[] {
  return [...state.work.open].map((caseId) => state.work.cases.get(caseId) as WorkCase);
}

/** Closed cases listed beside the open ones, newest first; the journal keeps them all. */
const MAX_CLOSED_CASES = 300;

/** The open cases and the newest of the closed ones. */
export function recentCases(state: SiteState): WorkCase[] {
  const closed = [...state.work.cases.values()].filter((work) => work.closedAtMs !== null);
  return [...openCases(state), ...closed.slice(-MAX_CLOSED_CASES)];
}

/** Rows of cases, open ones first, most urgent first, then newest first. */
export function caseRows(state: SiteState, cases: readonly WorkCase[]): CaseRow[] {
  const amounts = amountsByCase(state);
  const rows = cases.map((work) => caseRow(state, work, amounts));
  const rank = (row: CaseRow): number => (row.state === 'closed' ? 9 : row.priority);
  return rows.sort((a, b) => rank(a) - rank(b) || b.openedAtMs - a.openedAtMs);
}

/** @param alerts of every monitor, where many rows are made */
export function monitorRow(
  look: Look,
  monitorId: MonitorId,
  alerts: ReadonlyMap<MonitorId, number> = alertsByMonitor(look.state),
): MonitorRow | null {
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
    alerts: alerts.get(monitorId) ?? 0,
    owner: definition.owner,
    gateMet: met,
    gateOf: of,
  };
}

function alertsByMonitor(state: SiteState): Map<MonitorId, number> {
  const counts = new Map<MonitorId, number>();
  for (const { monitorId } of state.alert.alerts.values()) {
    counts.set(monitorId, (counts.get(monitorId) ?? 0) + 1);
  }
  return counts;
}

/** Rows of all monitors; those with an active alert first, then by name. */
export function monitorRows(look: Look): MonitorRow[] {
  const rows: MonitorRow[] = [];
  const alerts = alertsByMonitor(look.state);
  for (const monitorId of look.state.monitor.monitors.keys()) {
    const row = monitorRow(look, monitorId, alerts);
    if (row) rows.push(row);
  }
  return rows.sort((a, b) => Number(b.active) - Number(a.active) || a.monitorId.localeCompare(b.monitorId));
}

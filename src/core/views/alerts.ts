import { kindOf } from '#vocabulary/conditions/all.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { Look } from './look.ts';

export interface AlertRow {
  alertId: string;
  monitorId: string;
  monitorName: string;
  assetId: string;
  priority: Priority;
  raisedAtMs: number;
  clearedAtMs: number | null;
  extreme: number;
  unit: string;
  limit: number | null;
  caseId: string | null;
  /** raised, but joined a case that was open */
  joined: boolean;
  trial: boolean;
  wouldGo: boolean | null;
  acknowledgedBy: PersonId[];
}

/** A signal without valid readings: its own alert, for the sensor's keeper. */
export interface HealthRow {
  alertId: string;
  signalId: string;
  signalName: string;
  monitorId: string;
  sinceMs: number;
  keeper: PersonId | null;
}

export interface AlertListView {
  nowMs: number;
  alerts: AlertRow[];
  health: HealthRow[];
}

/** Newest alerts listed. */
const MAX_ALERTS = 500;

export function alertListView(look: Look): AlertListView {
  const { state } = look;
  const alerts: AlertRow[] = [];
  for (const alert of [...state.alert.alerts.values()].slice(-MAX_ALERTS).reverse()) {
    const definition = state.monitor.monitors.get(alert.monitorId)?.versions.get(alert.version)?.definition;
    const caseId = state.work.alerts.get(alert.alertId)?.caseId ?? null;
    alerts.push({
      alertId: alert.alertId,
      monitorId: alert.monitorId,
      monitorName: definition?.name ?? '',
      assetId: alert.fault.assetId,
      priority: alert.priority,
      raisedAtMs: alert.raisedAtMs,
      clearedAtMs: alert.clearedAtMs,
      extreme: alert.extreme,
      unit: state.monitor.signals.get(definition?.signalId ?? '')?.unit ?? '',
      limit: definition ? (kindOf(definition.condition).edge(definition.condition)?.value ?? null) : null,
      caseId,
      joined: caseId !== null && state.work.cases.get(caseId)?.alertId !== alert.alertId,
      trial: alert.trial,
      wouldGo: alert.trialAnswers.at(-1)?.wouldGo ?? null,
      acknowledgedBy: alert.acknowledgedBy,
    });
  }
  const health = [...state.alert.health.values()].map((lost) => ({
    alertId: lost.alertId,
    signalId: lost.signalId,
    signalName: state.monitor.signals.get(lost.signalId)?.name ?? '',
    monitorId: lost.monitorId,
    sinceMs: lost.sinceMs,
    keeper: lost.keeper,
  }));
  return { nowMs: look.nowMs, alerts, health };
}

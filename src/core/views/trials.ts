import { CLAIM_MS } from '#vocabulary/claim.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import type { Look } from './look.ts';

/** An alert of a trial, and what people would have done. */
export interface TrialAlert {
  alertId: string;
  raisedAtMs: number;
  clearedAtMs: number | null;
  value: number;
  extreme: number;
  wouldGo: number;
  wouldNot: number;
  /** answer of the person who looks; null while it is missing */
  mine: boolean | null;
}

/** One list a week to the proposer: would go, would not. */
export interface TrialRow {
  monitorId: string;
  name: string;
  assetName: string;
  unit: string;
  proposer: PersonId;
  mine: boolean;
  startedAtMs: number;
  endsAtMs: number;
  /** the signal is held until then */
  claimEndsMs: number;
  renewable: boolean;
  sentBackBecause: string | null;
  /** the last seven days, newest first */
  week: TrialAlert[];
  /** of the whole trial */
  alerts: number;
  wouldGo: number;
  wouldNot: number;
}

/** Trials of a plant; those of the person who looks come first. */
export function trialRows({ state, nowMs }: Look, personId: PersonId): TrialRow[] {
  const rows: TrialRow[] = [];
  for (const monitor of state.monitor.monitors.values()) {
    const version = monitor.versions.get(monitor.inEffect ?? 0);
    if (monitor.lifecycle !== 'trial' || !version?.trial) continue;
    const { definition, trial } = version;
    const alerts = [...state.alert.alerts.values()]
      .filter(
        (one) => one.monitorId === monitor.monitorId && one.trial && one.raisedAtMs >= trial.startedAtMs,
      )
      .map((one): TrialAlert => {
        const { alertId, raisedAtMs, clearedAtMs, value, extreme, trialAnswers } = one;
        const wouldGo = trialAnswers.filter((answer) => answer.wouldGo).length;
        const wouldNot = trialAnswers.length - wouldGo;
        const mine = trialAnswers.find((answer) => answer.by === personId)?.wouldGo ?? null;
        return { alertId, raisedAtMs, clearedAtMs, value, extreme, wouldGo, wouldNot, mine };
      });
    const assetId = state.strategy.failureModes.get(definition.failureModeId)?.assetId ?? '';
    rows.push({
      monitorId: monitor.monitorId,
      name: definition.name,
      assetName: state.strategy.assets.get(assetId)?.name ?? '',
      unit: state.monitor.signals.get(definition.signalId)?.unit ?? '',
      proposer: version.draftedBy,
      mine: version.draftedBy === personId,
      startedAtMs: trial.startedAtMs,
      endsAtMs: trial.endsAtMs,
      claimEndsMs: Math.max(trial.startedAtMs + CLAIM_MS, monitor.claimRenewedToMs ?? 0),
      renewable: monitor.claimRenewedToMs === null,
      sentBackBecause: version.sentBackBecause,
      week: alerts.filter((one) => one.raisedAtMs > nowMs - WEEK_MS).toReversed(),
      alerts: alerts.length,
      wouldGo: alerts.filter((one) => one.wouldGo > one.wouldNot).length,
      wouldNot: alerts.filter((one) => one.wouldNot > one.wouldGo).length,
    });
  }
  return rows.sort((a, b) => Number(b.mine) - Number(a.mine) || a.endsAtMs - b.endsAtMs);
}

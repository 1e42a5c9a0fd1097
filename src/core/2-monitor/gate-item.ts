import type { Asset, Crew, Criticality, FailureMode, Objective } from '#strategy/events.ts';
import type { Graded } from '#vocabulary/grade.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import type { MonitorDefinition, Signal } from './events.ts';
import type { MonitorState, MonitorVersion } from './state.ts';

/** One question of the gate with its answer. */
export interface GateItem {
  /** `E-GATE-101`.. trial door, `E-GATE-201`.. live door */
  code: string;
  title: string;
  met: boolean;
  /** what is known, or `missing` */
  detail: string;
  mend: string;
  /** role that can supply it */
  who: string;
}

/** Everything the gate looks at for one version. */
export interface GateFile {
  state: MonitorState;
  monitorId: MonitorId;
  version: MonitorVersion;
  definition: MonitorDefinition;
  mode: FailureMode | null;
  asset: Asset | null;
  objective: Objective | null;
  criticality: Criticality | null;
  signal: Signal | null;
  crew: Crew | null;
  nowMs: number;
}

export function gateFile(
  state: MonitorState,
  monitorId: MonitorId,
  version: number,
  nowMs: number,
): GateFile | null {
  const found = state.monitors.get(monitorId)?.versions.get(version);
  if (!found) return null;
  const { definition } = found;
  const mode = state.failureModes.get(definition.failureModeId) ?? null;
  return {
    state,
    monitorId,
    version: found,
    definition,
    mode,
    asset: (mode && state.assets.get(mode.assetId)) ?? null,
    objective: (mode && state.objectives.get(mode.objectiveId)) ?? null,
    criticality: (mode && state.criticality.get(mode.assetId)) ?? null,
    signal: state.signals.get(definition.signalId) ?? null,
    crew: (definition.response && state.crews.get(definition.response.crewId)) ?? null,
    nowMs,
  };
}

/** Whether somebody has said it. */
export function known<T>(value: T): value is NonNullable<T> {
  return value !== null && value !== undefined;
}

export function item(
  number: number,
  title: string,
  met: boolean,
  detail: string | null | undefined,
  mend: string,
  who: string,
): GateItem {
  return { code: `E-GATE-${number}`, title, met, detail: detail || 'missing', mend, who };
}

/** A figure with its grade, in words; an assumed one says what it cannot earn. */
export function graded(figure: Graded | null | undefined): string | null {
  if (!figure) return null;
  if (figure.grade === 'assumed') return `${figure.value}, assumed: no automation, no accepted money`;
  return `${figure.value}, ${figure.grade}`;
}

/** A time span for people: hours, or days from two days on. */
export function hours(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round((ms / DAY_MS) * 10) / 10} days`;
  return `${Math.round((ms / HOUR_MS) * 10) / 10} h`;
}

// What is still missing, asked when it starts to matter and not before.
import { versionInWork } from '#monitor/lifecycle.ts';
import type { MonitorRecord } from '#monitor/state.ts';
import type { FailureMode } from '#strategy/events.ts';
import type { AssetId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import type { SiteState } from '../flow.ts';
import type { Look } from './look.ts';

export interface Gap {
  /** what is missing, as a question or a wish */
  words: string;
  /** why it is asked now */
  because: string;
  href: string;
}

/** Gaps shown at once; the rest is counted. */
export const MAX_GAPS = 40;

/** Gaps of the whole strategy, those of monitors that run first. */
export function strategyGaps(look: Look): Gap[] {
  const { state } = look;
  const running = new Map<string, MonitorRecord>();
  for (const monitor of state.monitor.monitors.values()) {
    const version = versionInWork(monitor);
    if (!version || monitor.lifecycle === 'retired') continue;
    running.set(version.definition.failureModeId, monitor);
  }
  const gaps: Gap[] = [];
  for (const mode of state.strategy.failureModes.values()) {
    const monitor = running.get(mode.failureModeId);
    if (monitor) gaps.push(...modeGaps(state, mode, monitor));
  }
  gaps.push(...objectiveGaps(state, running), ...assetGaps(look, running));
  return gaps;
}

function modeGaps(state: SiteState, mode: FailureMode, monitor: MonitorRecord): Gap[] {
  const gaps: Gap[] = [];
  const version = versionInWork(monitor);
  const signal = state.monitor.signals.get(version?.definition.signalId ?? '');
  const name = shortId(monitor.monitorId);
  const because = `${name} needs it to go live`;
  const sheet = `/strategy/asset/${mode.assetId}#${mode.failureModeId}`;
  if (!mode.pfMinMs) {
    gaps.push({ words: `How long can "${mode.name}" be seen before the failure?`, because, href: sheet });
  } else if (mode.pfMinMs.grade === 'assumed') {
    gaps.push({
      words: `Who stands behind the P-F interval of "${mode.name}"?`,
      because: 'an assumed one earns neither automation nor accepted money',
      href: sheet,
    });
  }
  if (!mode.consequence) {
    gaps.push({ words: `What does it cost when "${mode.name}" happens?`, because, href: sheet });
  }
  if (!state.strategy.criticality.has(mode.assetId)) {
    const href = `/strategy/asset/${mode.assetId}#criticality`;
    gaps.push({ words: `What happens when ${nameOf(state, mode.assetId)} stops?`, because, href });
  }
  if (signal && (!signal.sensorKeeper || !signal.gatewayKeeper)) {
    const href = `/monitor/${monitor.monitorId}`;
    gaps.push({ words: `Who keeps "${signal.name}" alive?`, because, href });
  }
  return gaps;
}

function objectiveGaps(state: SiteState, running: ReadonlyMap<string, MonitorRecord>): Gap[] {
  const gaps: Gap[] = [];
  const served = new Set<string>();
  for (const mode of state.strategy.failureModes.values()) {
    if (running.has(mode.failureModeId)) served.add(mode.objectiveId);
  }
  for (const objective of state.strategy.objectives.values()) {
    if (!served.has(objective.objectiveId)) continue;
    const href = `/strategy/objective/${objective.objectiveId}`;
    const because = `a monitor serves "${objective.name}"`;
    if (!objective.accountable) gaps.push({ words: `Who answers for "${objective.name}"?`, because, href });
    if (!objective.baseline)
      gaps.push({ words: `Where does "${objective.name}" stand today?`, because, href });
    else if (!state.strategy.frozen.has(objective.objectiveId)) {
      gaps.push({
        words: `Freeze the baseline of "${objective.name}"`,
        because: 'a result against a baseline that moves proves nothing',
        href,
      });
    }
    if (objective.target === null)
      gaps.push({ words: `What shall "${objective.name}" become?`, because, href });
    if (!objective.valuePerUnitMinor) {
      gaps.push({ words: `What is one unit of "${objective.name}" worth?`, because, href });
    }
  }
  return gaps;
}

function assetGaps(look: Look, running: ReadonlyMap<string, MonitorRecord>): Gap[] {
  const { state, nowMs } = look;
  const gaps: Gap[] = [];
  const described = new Set([...state.strategy.failureModes.values()].map((mode) => mode.assetId));
  for (const [assetId] of state.strategy.losses) {
    if (described.has(assetId)) continue;
    gaps.push({
      words: `How does ${nameOf(state, assetId)} fail?`,
      because: 'it was named as one that hurts, and nothing watches it',
      href: `/start?asset=${encodeURIComponent(assetId)}`,
    });
  }
  for (const [assetId, scored] of state.strategy.criticality) {
    const href = `/strategy/asset/${assetId}#criticality`;
    if (scored.reviewDueMs <= nowMs) {
      gaps.push({ words: `Review the criticality of ${nameOf(state, assetId)}`, because: 'it is due', href });
    } else if (scored.basis === 'first answer' && watched(state, assetId, running)) {
      gaps.push({
        words: `Have a team score ${nameOf(state, assetId)}`,
        because: 'its class rests on one answer so far',
        href,
      });
    }
  }
  return gaps;
}

function watched(state: SiteState, assetId: AssetId, running: ReadonlyMap<string, MonitorRecord>): boolean {
  for (const mode of state.strategy.failureModes.values()) {
    if (mode.assetId === assetId && running.has(mode.failureModeId)) return true;
  }
  return false;
}

function nameOf(state: SiteState, assetId: AssetId): string {
  return state.strategy.assets.get(assetId)?.name ?? shortId(assetId);
}

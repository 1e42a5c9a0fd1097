import { kindOf } from '#vocabulary/conditions/all.ts';
import { spanWords } from '#vocabulary/time.ts';
import { criticalityOf } from '#strategy/criticality.ts';
import { versionInWork } from '#monitor/lifecycle.ts';
import { responseTime } from '#monitor/response-time.ts';
import type { CriticalityScored, FailureModeSheet, LossEstimate, Timing } from '#strategy/events.ts';
import { feasibilityOf, longestLookMs } from '#strategy/feasibility.ts';
import { CAUSES, DETECTIONS, FAILURE_MODES, MECHANISMS } from '#strategy/iso14224.ts';
import { pCaught } from '#vocabulary/caught.ts';
import type { AssetId, FailureModeId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import type { SiteState } from '../flow.ts';
import { type Look, readingOf, versionShown } from './look.ts';

import type { ReadingView } from './shapes.ts';

export interface ModeSheet {
  mode: FailureModeSheet;
  /** what the codes say, in our own words */
  seenAs: string;
  mechanism: string | null;
  monitors: { monitorId: string; name: string; lifecycle: string }[];
  /** share of failures that rounds and PMs catch already */
  caught: number;
  feasibility: { answer: 'time enough' | 'too late' | 'not known'; words: string };
}

/** One asset: how critical, how it fails, and whether watching can end in planned work. */
export interface AssetSheetView {
  assetId: string;
  name: string;
  equipmentClass: string;
  parent: { assetId: string; name: string } | null;
  stopHourMinor: number | null;
  loss: LossEstimate | null;
  criticality: (CriticalityScored & { consequenceScore: number; score: number }) | null;
  modes: ModeSheet[];
  signals: { signalId: string; name: string; hand: boolean; reading: ReadingView }[];
  words: {
    failureModes: Readonly<Record<string, string>>;
    mechanisms: Readonly<Record<string, string>>;
    causes: readonly string[];
    detections: readonly string[];
  };
}

/** @returns null when there is no such asset */
export function assetSheet(look: Look, assetId: AssetId): AssetSheetView | null {
  const { state } = look;
  const { strategy } = state;
  const asset = strategy.assets.get(assetId);
  if (!asset) return null;
  const parent = asset.parentId ? strategy.assets.get(asset.parentId) : undefined;
  const scored = strategy.criticality.get(assetId);
  return {
    assetId,
    name: asset.name,
    equipmentClass: asset.equipmentClass,
    parent: parent ? { assetId: parent.assetId, name: parent.name } : null,
    stopHourMinor: asset.stopHourMinor?.value ?? null,
    loss: strategy.losses.get(assetId) ?? null,
    criticality: scored ? { ...scored, ...scoreOf(scored) } : null,
    modes: [...strategy.failureModes.values()]
      .filter((mode) => mode.assetId === assetId)
      .map((mode) => modeSheet(state, mode)),
    signals: [...state.monitor.signals.values()]
      .filter((signal) => signal.assetId === assetId)
      .map((signal) => ({
        signalId: signal.signalId,
        name: signal.name,
        hand: state.acquire.handSignals.has(signal.signalId),
        reading: readingOf(look, signal.signalId, null),
      })),
    words: { failureModes: FAILURE_MODES, mechanisms: MECHANISMS, causes: CAUSES, detections: DETECTIONS },
  };
}

export function scoreOf(scored: CriticalityScored): { consequenceScore: number; score: number } {
  const { consequence, likelihood, weights, redundancy } = scored;
  const found = criticalityOf(consequence, likelihood, weights, redundancy);
  return { consequenceScore: found.consequence, score: found.score };
}

function modeSheet(state: SiteState, mode: FailureModeSheet): ModeSheet {
  const monitors: ModeSheet['monitors'] = [];
  for (const { monitorId, lifecycle } of state.monitor.monitors.values()) {
    const version = versionShown(state, monitorId);
    if (version?.definition.failureModeId !== mode.failureModeId || lifecycle === 'retired') continue;
    monitors.push({ monitorId, name: `${shortId(monitorId)} ${version.definition.name}`, lifecycle });
  }
  return {
    mode,
    seenAs: FAILURE_MODES[mode.iso14224] ?? mode.iso14224,
    mechanism: mode.mechanism ? (MECHANISMS[mode.mechanism] ?? mode.mechanism) : null,
    monitors,
    caught: pCaught(mode.currentControl?.intervalMs ?? null, mode.pfMinMs?.value ?? null),
    feasibility: feasibilityWords({
      ...mode,
      timing: mode.timing ?? watchedTiming(state).get(mode.failureModeId) ?? null,
    }),
  };
}

/** Timing that monitors and their job plans tell of the failure modes they watch. */
export function watchedTiming(state: SiteState): Map<FailureModeId, Timing> {
  const found = new Map<FailureModeId, Timing>();
  for (const monitor of state.monitor.monitors.values()) {
    const definition = versionInWork(monitor)?.definition;
    if (!definition?.response || monitor.lifecycle === 'retired') continue;
    const time = responseTime(state.monitor, definition);
    const signal = state.monitor.signals.get(definition.signalId);
    if (!time || !signal) continue;
    const { condition, response } = definition;
    found.set(definition.failureModeId, {
      lookEveryMs: signal.usualIntervalMs,
      confirmMs: kindOf(condition).lagMs(condition) + (condition.onDelayMs ?? 0),
      verifyMs: response.withinMs,
      workMs: time.plannedMs,
      leadMs: time.leadMs,
    });
  }
  return found;
}

/** The answer in words: what is left, what is needed, and what would mend it. */
export function feasibilityWords(
  mode: Pick<FailureModeSheet, 'pfMinMs' | 'timing'>,
): ModeSheet['feasibility'] {
  const found = feasibilityOf(mode);
  if (!found || !mode.timing || !mode.pfMinMs) {
    const asked = mode.pfMinMs
      ? 'Say how often somebody looks, and how long work and parts take.'
      : 'Say how long the fault can be seen before the failure.';
    return { answer: 'not known', words: asked };
  }
  const needed = spanWords(found.neededMs);
  if (found.spareMs >= 0) {
    return {
      answer: 'time enough',
      words: `The fault shows ${spanWords(mode.pfMinMs.value)} ahead at the shortest. Believing it takes up to ${spanWords(found.detectionMs)}, work and parts ${needed}: ${spanWords(found.spareMs)} to spare.`,
    };
  }
  const longest = longestLookMs(mode.pfMinMs.value, mode.timing);
  const mend =
    longest > 0
      ? `Look at least every ${spanWords(longest)}, or keep the part in stock.`
      : 'No interval of looking helps: keep the part in stock, or change the design.';
  return {
    answer: 'too late',
    words: `Of ${spanWords(mode.pfMinMs.value)}, believing it takes up to ${spanWords(found.detectionMs)}; ${needed} of work and parts no longer fit. ${mend}`,
  };
}

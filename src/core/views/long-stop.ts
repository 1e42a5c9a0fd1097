import type { AssetId, MonitorId, SignalId } from '#vocabulary/ids.ts';
import type { Look } from './look.ts';
import { readingOf } from './look.ts';
import type { ReadingView } from './shapes.ts';

/** Something that sleeps, or has been woken and is running in. */
export interface LongStopView {
  assetId: AssetId;
  assetName: string;
  asleepSinceMs: number | null;
  reason: string | null;
  wokenAtMs: number | null;
  heldUntilMs: number | null;
  monitors: MonitorId[];
  /** after waking: each has to send a good reading */
  sensors: { signalId: SignalId; name: string; proved: boolean; reading: ReadingView }[];
  held: number;
}

/** What sleeps, and what has to prove itself after a restart? [] while every line runs as usual. */
export function longStops(look: Look): LongStopView[] {
  const { state, nowMs } = look;
  const stops = new Map<string, LongStopView>();
  for (const { monitorId, asleep, woken, versions, inEffect } of state.monitor.monitors.values()) {
    const signalId = versions.get(inEffect ?? 0)?.definition.signalId;
    if (signalId === undefined || (!asleep && !woken)) continue;
    const reading = readingOf(look, signalId, null);
    const proved = woken !== null && reading.atMs !== null && reading.atMs >= woken.atMs && isGood(reading);
    if (woken && proved && woken.heldUntilMs <= nowMs) continue;
    const { assetId } = asleep ?? (woken as NonNullable<typeof woken>);
    const key = `${assetId}/${asleep ? 'asleep' : woken?.atMs}`;
    const stop = stops.get(key) ?? {
      assetId,
      assetName: state.strategy.assets.get(assetId)?.name ?? '',
      asleepSinceMs: asleep?.sinceMs ?? null,
      reason: asleep?.reason ?? null,
      wokenAtMs: woken?.atMs ?? null,
      heldUntilMs: woken?.heldUntilMs ?? null,
      monitors: [],
      sensors: [],
      held: 0,
    };
    stops.set(key, stop);
    stop.monitors.push(monitorId);
    if (state.alert.held.has(monitorId)) stop.held++;
    if (woken && !stop.sensors.some((one) => one.signalId === signalId)) {
      const name = state.monitor.signals.get(signalId)?.name ?? '';
      stop.sensors.push({ signalId, name, proved, reading });
    }
  }
  return [...stops.values()];
}

function isGood({ quality }: ReadingView): boolean {
  return quality === 'good';
}

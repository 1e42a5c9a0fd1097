import { claimedSignals } from '#acquire/state.ts';
import type { SiteState } from '#core/flow.ts';
import type { SignalReadings } from '#core/sense-readings.ts';
import type { ImportRow, Rooms, SignalRow, SourcesView } from './site.ts';

/** What comes in, what nobody asked for, and how far behind it is. */
export function sourcesView({ site, data }: Rooms): SourcesView {
  return {
    ...data.sources(),
    nowMs: site.nowMs(),
    signals: signalRows(site.state(), data.readings()),
    imports: importRows(site.state()),
    expiredBeforeMs: site.state().acquire.expired?.untilMs ?? null,
    setAside: site.state().acquire.setAside,
  };
}

function importRows({ acquire, monitor }: SiteState): ImportRow[] {
  return [...acquire.imports.values()].map(({ importId, signalId, fromMs, toMs, rows, refused }) => {
    const signalName = monitor.signals.get(signalId)?.name ?? signalId;
    return { importId, signalId, signalName, fromMs, toMs, rows, refused };
  });
}

function signalRows({ acquire, detect, monitor }: SiteState, readings: SignalReadings | null): SignalRow[] {
  const rows: SignalRow[] = [];
  for (const [signalId, index] of claimedSignals(acquire)) {
    const signal = monitor.signals.get(signalId);
    const lastTimeMs = readings?.lastTimeMs[index] ?? Number.NEGATIVE_INFINITY;
    const seen = Number.isFinite(lastTimeMs);
    const monitors = [...acquire.claims.values()].filter((claim) => claim.signalId === signalId);
    const blind = monitors.flatMap(({ monitorId }) => detect.blind.get(monitorId) ?? []);
    rows.push({
      signalId,
      name: signal?.name ?? signalId,
      topic: signal?.address.topic ?? '',
      unit: signal?.unit ?? '',
      monitors: monitors.map((claim) => claim.monitorId),
      lastTimeMs: seen ? lastTimeMs : null,
      lastValue: seen ? (readings?.lastValue[index] ?? null) : null,
      blindSinceMs: blind.length > 0 ? Math.min(...blind) : null,
      accepted: readings?.accepted[index] ?? 0,
      bad: readings?.bad[index] ?? 0,
      late: readings?.late[index] ?? 0,
      repeated: readings?.repeated[index] ?? 0,
      future: readings?.future[index] ?? 0,
    });
  }
  return rows.sort((a, b) => a.signalId.localeCompare(b.signalId));
}

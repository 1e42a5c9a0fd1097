import type { SignalRow, SourcesView } from '#api/site.ts';
import { claimedSignals } from '#acquire/state.ts';
import type { Broker } from './compose.ts';
import type { Intake } from './intake.ts';
import type { Site } from './site.ts';

/** What comes in, what nobody asked for, and how far behind it is. */
export function sourcesView(parts: {
  site: Site;
  intake: Intake;
  broker: Broker;
  address: { host: string; port: number };
}): SourcesView {
  const { site, intake, broker, address } = parts;
  const lag = broker.lag();
  const blocked = site.blocked();
  return {
    nowMs: site.nowMs(),
    broker: { ...address, connected: lag.filter((client) => client.connected).length },
    signals: signalRows(site),
    unclaimed: broker.unclaimed(),
    malformed: intake.listMalformed(),
    waiting: site.pulse()?.waiting ?? 0,
    lagMs: lag.reduce<number | null>(
      (worst, { lagMs }) => (lagMs === null ? worst : Math.max(worst ?? lagMs, lagMs)),
      null,
    ),
    blocked: blocked ? { code: blocked.code, message: blocked.message, mend: blocked.mend } : null,
    refusedClients: broker.refused(),
    setAside: site.state().acquire.setAside,
  };
}

function signalRows(site: Site): SignalRow[] {
  const { acquire, monitor } = site.state();
  const readings = site.readings();
  const rows: SignalRow[] = [];
  for (const [signalId, index] of claimedSignals(acquire)) {
    const signal = monitor.signals.get(signalId);
    const lastTimeMs = readings?.lastTimeMs[index] ?? Number.NEGATIVE_INFINITY;
    const seen = Number.isFinite(lastTimeMs);
    const monitors = [...acquire.claims.values()].filter((claim) => claim.signalId === signalId);
    rows.push({
      signalId,
      name: signal?.name ?? signalId,
      topic: signal?.address.topic ?? '',
      unit: signal?.unit ?? '',
      monitors: monitors.map((claim) => claim.monitorId),
      lastTimeMs: seen ? lastTimeMs : null,
      lastValue: seen ? (readings?.lastValue[index] ?? null) : null,
      accepted: readings?.accepted[index] ?? 0,
      bad: readings?.bad[index] ?? 0,
      late: readings?.late[index] ?? 0,
      repeated: readings?.repeated[index] ?? 0,
      future: readings?.future[index] ?? 0,
    });
  }
  return rows.sort((a, b) => a.signalId.localeCompare(b.signalId));
}

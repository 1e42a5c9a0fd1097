// The simulated plant in the present: each plant minute its two gateways publish what the machines say, like any device.
import type { Clock } from '#ports/clock.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Publisher, PublisherOptions } from '#ports/publisher.ts';
import { MINUTE_MS } from '#vocabulary/time.ts';
import { Gateway, type GatewayCounts } from './gateway.ts';
import type { Area } from './plant/machine.ts';
import type { SimulatedPlant } from './plant/plant.ts';

export const AREAS: readonly Area[] = ['filling-line', 'utilities'];
/** Minutes lived through in one go, so that a machine that slept does not block the thread when it wakes. */
const MAX_MINUTES_AT_ONCE = 2_000;
/** What is older when the clock jumps was never sent: the gateways were asleep too. */
const MAX_LATE_MINUTES = 240;

export interface LivePlantOptions {
  /** stands at or before the clock's time; the minutes between are sent first, at most four hours of them */
  plant: SimulatedPlant;
  clock: Clock;
  /** `mqtts://host:port` of the site's own broker, and its certificate authority, PEM */
  url: string;
  ca: string;
  /** secret of each gateway; its client id is the name of its area */
  secrets: Record<Area, string>;
  open: (options: PublisherOptions) => Promise<Publisher>;
  /** told when a gateway is refused for good; the other goes on */
  refused?: (area: Area, failure: PortFailure) => void;
}

export interface LivePlant {
  counts(): Record<Area, GatewayCounts>;
  /** Stops living, sends what waits while that works, and disconnects. */
  stop(): Promise<void>;
}

/** Topic filters on which the gateway of an area may publish: its own machines and nothing else. */
export function publishListOf(plant: Pick<SimulatedPlant, 'signals'>, area: Area): string[] {
  const own = plant.signals.filter((signal) => signal.area === area);
  return [...new Set(own.map(({ topic }) => `${topic.slice(0, topic.lastIndexOf('/'))}/#`))];
}

/** Goes on in the background; nothing is lost while the broker is away and the gateways' queues have room. */
export function startLivePlant(options: LivePlantOptions): LivePlant {
  const { plant, clock } = options;
  const gateways = AREAS.map((area) => new Gateway({ ...options, area, signals: plant.signals }));
  const value = new Float64Array(plant.signals.length);
  const quality = new Uint8Array(plant.signals.length);
  let cancel = (): void => {};
  const live = (): void => {
    const nowMs = clock.nowMs();
    for (let n = 0; n < MAX_MINUTES_AT_ONCE && plant.timeMs + MINUTE_MS <= nowMs; n++) {
      plant.step(value, quality);
      if (nowMs - plant.timeMs > MAX_LATE_MINUTES * MINUTE_MS) continue;
      for (const gateway of gateways) gateway.take(plant.timeMs, value, quality);
    }
    cancel = clock.at(plant.timeMs + MINUTE_MS, live);
  };
  live();
  return {
    counts: () => {
      const [line, utilities] = gateways.map((gateway) => gateway.counts());
      return { 'filling-line': line as GatewayCounts, utilities: utilities as GatewayCounts };
    },
    stop: async () => {
      cancel();
      await Promise.all(gateways.map((gateway) => gateway.stop()));
    },
  };
}

import type { LineGroup, LineTotals, PictureThread } from '../../parts/line-shapes.ts';

type Counts = readonly [number, number, number, number, number];

function thread(
  asset: string,
  mode: string,
  monitor: string | null,
  counts: Counts | null,
  more: Partial<PictureThread> = {},
): PictureThread {
  const [id = '', ...name] = asset.split(' ');
  return {
    id: `${id}-${mode}`,
    href: '/parts',
    asset: { id, name: name.join(' '), href: '/parts' },
    mode: { name: mode, href: '/parts' },
    ...(monitor ? { monitor: { id: monitor, href: '/parts' } } : {}),
    ...(counts
      ? {
          counts: {
            alerts: counts[0],
            notifications: counts[1],
            orders: counts[2],
            findings: counts[3],
            due: counts[4],
          },
        }
      : {}),
    ...more,
  };
}

/** Simulated: four objectives, twelve failure modes, five breaks. */
export const GROUPS: readonly LineGroup[] = [
  {
    id: 'stops',
    name: 'Fewer unplanned stops',
    href: '/parts',
    now: { value: '6.1', unit: 'h/month' },
    standing: '9.4 → 5.0, M. Silva',
    threads: [
      thread('P-201 Product pump', 'Bearing wears', 'M-01', [6, 3, 3, 2, 2], {
        open: { priority: 3, at: 'orders', href: '/parts' },
        avoidedMinor: 3_190_000,
      }),
      thread('HOM-204 Homogeniser', 'Plunger seal leaks', 'M-10', [4, 2, 2, 1, 1], {
        open: { priority: 1, at: 'orders', href: '/parts' },
        broken: { after: 'orders', words: 'no slot in time', priority: 1 },
        avoidedMinor: 1_840_000,
      }),
      thread('F-101 Filler', 'Main drive wears', 'M-06', [2, 2, 2, 2, 2], { avoidedMinor: 960_000 }),
      thread('CV-104 Conveyor', 'Gearbox overheats', 'M-08', [14, 11, 9, 9, 9], {
        broken: { after: 'monitor', words: 'back to trial' },
        avoidedMinor: -290_000,
      }),
      thread('PK-105 Case packer', 'Vacuum drops', null, null, {
        broken: { after: 'mode', words: 'no monitor: 3 breakdowns, €41,000 in 12 months', href: '/parts' },
      }),
    ],
  },
  {
    id: 'cost',
    name: 'Lower maintenance cost',
    now: { value: '36.9', unit: 'k€/month' },
    standing: '38.5 → 33.0, J. Brandt',
    threads: [
      thread('C-102 Capper', 'Torque drifts', 'M-07', [5, 4, 4, 3, 4], {
        broken: { after: 'findings', words: '1 missing' },
        avoidedMinor: 410_000,
      }),
      thread('P-202 CIP pump', 'Cavitates', 'M-02', [1, 1, 1, 1, 1], { avoidedMinor: 120_000 }),
    ],
  },
  {
    id: 'energy',
    name: 'Less energy per 1,000 l',
    now: { value: '60.7', unit: 'kWh' },
    standing: '64.0 → 58.0, R. Okafor',
    threads: [
      thread('CMP-301 Compressor', 'Cooler fouls', 'M-04', [3, 2, 2, 1, 1], {
        open: { priority: 2, at: 'orders', href: '/parts' },
        savedMinor: 630_000,
      }),
      thread('CH-302 Glycol chiller', 'Condenser fouls', 'M-05', [2, 1, 1, 1, 1], { savedMinor: 780_000 }),
      thread('HX-203 Pasteuriser', 'Plates foul', 'M-03', [7, 5, 5, 4, 4], {
        open: { priority: 4, at: 'orders', href: '/parts' },
        savedMinor: 1_150_000,
      }),
      thread('B-303 Steam boiler', 'Feed pump wears', null, null, {
        monitor: { id: 'M-09', href: '/parts', blind: true },
        broken: { after: 'monitor', words: 'no valid signal since 07:58' },
      }),
    ],
  },
  {
    id: 'oee',
    name: 'Higher OEE',
    now: { value: '64.9', unit: '%' },
    standing: '61.2 → 68.0, L. Haddad',
    threads: [
      thread('L-103 Labeller', 'Web tears', null, null, {
        ended: 'run to failure, accepted by L. Haddad, review Jan 2027',
      }),
    ],
  },
];

export const TOTALS: LineTotals = {
  objectives: 4,
  assets: 12,
  modes: 12,
  monitors: 10,
  alerts: 44,
  notifications: 31,
  orders: 29,
  findings: 24,
  due: 25,
  avoidedMinor: 6_230_000,
  savedMinor: 2_560_000,
  avoidedOpenMinor: 0,
  savedOpenMinor: 0,
};

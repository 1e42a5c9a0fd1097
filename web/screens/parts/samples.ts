import type { GateItem } from '../../parts/GateList.tsx';
import type { Kpi } from '../../parts/KpiBar.tsx';
import type { ThreadStop } from '../../parts/LineThread.tsx';
import type { Trend } from '../../parts/trend-shapes.ts';

/** Simulated values for the page of parts; nothing here is a measurement. */
const WORDS = [
  'Objective',
  'Asset',
  'Failure mode',
  'Monitor',
  'Alert',
  'Notification',
  'Order',
  'Finding',
  'Money',
];

function thread(labels: readonly string[], at: number, here: 'here' | 'broken'): ThreadStop[] {
  return WORDS.map((word, place) => ({
    word,
    label: labels[place] ?? '',
    href: '/parts',
    state: place < at ? 'passed' : place === at ? here : 'next',
  }));
}

export const MONITOR_THREAD = thread(
  ['Fewer unplanned stops', 'P-201 Product pump', 'Bearing wears', 'M-01, version 2', 'none open'],
  3,
  'here',
);

export const CASE_THREAD = thread(
  [
    'Fewer unplanned stops',
    'P-201 Product pump',
    'Bearing wears',
    'M-01, version 2',
    'Mon 12 Oct 05:25',
    'N-2093',
    'WO-4471',
    'after the work',
    '€23,044 if found',
  ],
  6,
  'here',
);

export const BROKEN_THREAD = thread(
  [
    'Fewer unplanned stops',
    'HOM-204 Homogeniser',
    'Plunger seal leaks',
    'M-10, version 1',
    'Sun 11 Oct 22:10',
    'N-2090',
    'No slot in time',
  ],
  6,
  'broken',
);

/** A repeatable stand-in for chance, 0 to 1: the page looks the same each time. */
function noise(place: number): number {
  const x = Math.sin(place * 12.9898 + 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

export function wave(length: number, rise: number): number[] {
  return Array.from(
    { length },
    (_, n) => 0.2 + noise(n) * 0.06 + rise * Math.max(0, (n / length - 0.3) / 0.7),
  );
}

const DAY = 86_400_000;
const CASE_START = Date.UTC(2026, 8, 14);
const CASE_NOW = Date.UTC(2026, 9, 14, 9, 42);

/** A bearing that wears, with rests, a blind day, an alert, a forecast and the dates that bind. */
export function caseTrend(): Trend {
  const timesMs: number[] = [];
  const values: (number | null)[] = [];
  const blind = { fromMs: CASE_START + 16.3 * DAY, toMs: CASE_START + 17.2 * DAY, words: 'no reading, 22 h' };
  const rests = [5.9, 12.9, 19.9, 26.9].map((d) => ({
    fromMs: CASE_START + d * DAY,
    toMs: CASE_START + (d + 1.1) * DAY,
  }));
  for (let n = 0, atMs = CASE_START; atMs <= CASE_NOW; n++, atMs += DAY / 8) {
    const resting = [...rests, blind].some((span) => atMs >= span.fromMs && atMs <= span.toMs);
    const dayOf = (atMs - CASE_START) / DAY;
    timesMs.push(atMs);
    values.push(resting ? null : 1.85 + noise(n) * 0.16 + 1.14 * Math.max(0, (dayOf - 18) / 12.4) ** 1.1);
  }
  const at = (day: number) => CASE_NOW + day * DAY;
  return {
    timesMs,
    values,
    unit: 'mm/s',
    decimals: 1,
    fromMs: CASE_START,
    toMs: at(25.6),
    low: 0,
    high: 6,
    limit: { value: 2.8, side: 'high', clears: 2.52 },
    standard: { value: 4.5, words: 'Damage likely 4.5, ISO 20816-3, group 2, rigid' },
    blind: [blind],
    idle: rests.map((span) => ({ ...span, words: 'stopped for cleaning' })),
    alerts: [
      {
        atMs: CASE_NOW - 2.18 * DAY,
        priority: 3,
        words: 'Over 2.8 for 30 min since Mon 12 Oct 05:25',
        href: '/parts',
      },
    ],
    dates: [
      { atMs: at(6.5), words: 'slot 20 Oct', slot: true },
      { atMs: at(11.2), words: 'finish by 25 Oct', strong: true },
    ],
    forecast: {
      line: [0, 6, 12, 18, 25].map((d) => ({ atMs: at(d), value: 3.1 + d * 0.0875 })),
      cone: [0, 6, 12, 18, 25].map((d) => ({ atMs: at(d), low: 3.1 + d * 0.058, high: 3.1 + d * 0.118 })),
      reach: {
        atMs: at(16),
        fromMs: at(12),
        toMs: at(24),
        value: 4.5,
        words: 'reached 30 Oct, likely',
        detail: '26 Oct to 7 Nov, 90 %, 412 readings',
      },
    },
    nowMs: CASE_NOW,
    priority: 3,
  };
}

/** A year of a pump that is worn and replaced three times, with a limit that a hand can move. */
export function limitTrend(limit: number, onMove: (value: number) => void): Trend {
  const start = Date.UTC(2025, 9, 1);
  const broke = [87, 200, 311];
  const timesMs: number[] = [];
  const values: (number | null)[] = [];
  for (let n = 0; n < 365 * 2; n++) {
    const day = n / 2;
    const next = broke.find((b) => b >= day) ?? 999;
    const wear = Math.max(0, 1 - (next - day) / 28) ** 1.3;
    const spike = [28, 45, 129, 150, 176, 226, 246, 281, 338].some((s) => Math.abs(s - day) < 2) ? 0.35 : 0;
    timesMs.push(start + day * DAY);
    values.push(day > 214 && day < 221 ? null : 1.25 + noise(n) * 0.14 + wear * 0.95 + spike * noise(n + 7));
  }
  return {
    timesMs,
    values,
    unit: 's',
    decimals: 2,
    low: 1,
    high: 2.5,
    limit: {
      value: limit,
      side: 'high',
      clears: limit - 0.1,
      decimals: 2,
      adjust: { step: 0.05, lowest: 1.3, highest: 2.4, onMove },
    },
    grounds: [
      { fromMs: start, toMs: start + 260 * DAY, words: 'Chosen on these 8½ months', checked: false },
      { fromMs: start + 260 * DAY, toMs: start + 365 * DAY, words: 'Checked on the rest', checked: true },
    ],
    blind: [{ fromMs: start + 214 * DAY, toMs: start + 221 * DAY }],
    breakdowns: [
      { atMs: start + 87 * DAY, words: 'WO-3902', detail: '3.0 h stop' },
      { atMs: start + 200 * DAY, words: 'WO-4117', detail: '2.5 h stop' },
      { atMs: start + 311 * DAY, words: 'WO-4380', detail: '2.5 h stop' },
    ],
    findings: [
      { atMs: start + 74 * DAY, finding: 'as-stated', words: 'Vane worn' },
      { atMs: start + 129 * DAY, finding: 'nothing', words: 'Nothing found' },
      { atMs: start + 190 * DAY, finding: 'as-stated', words: 'Vane worn' },
      { atMs: start + 246 * DAY, finding: 'process', words: 'Film change' },
      { atMs: start + 301 * DAY, finding: 'as-stated', words: 'Vane worn' },
    ],
  };
}

export const KPIS: readonly Kpi[] = [
  {
    name: 'Fewer unplanned stops',
    baseline: 9.4,
    now: 6.1,
    nowRange: [5.5, 6.7],
    target: 5,
    plan: 6.5,
    unit: 'h a month',
    decimals: 1,
  },
  {
    name: 'Lower maintenance cost',
    baseline: 38.5,
    now: 36.9,
    nowRange: [36, 37.8],
    target: 33,
    plan: 34.9,
    unit: 'k€ a month',
    decimals: 1,
  },
  { name: 'Higher OEE', baseline: 61.2, now: 64.9, target: 68, plan: 64.3, unit: '%', decimals: 1 },
];

export const GATE: readonly GateItem[] = [
  { id: '1', met: true, words: 'Objective, owner, value', who: 'M. Silva' },
  { id: '2', met: true, words: 'Failure mode, 21 days of warning' },
  { id: '3', met: true, words: 'Job plan JP-131, Mechanics B, 2.5 h' },
  { id: '4', met: true, words: 'History judged, room in the budget' },
  {
    id: '5',
    met: false,
    words: 'Sign-off by a technician of the crew',
    mend: 'Ask T. Novak or A. Reyes to look at five episodes.',
    code: 'E-MONITOR-014',
  },
];

export interface MonitorRow {
  id: string;
  name: string;
  hits: number;
  of: number;
  low: number;
  high: number;
  visits: number;
  minor: number | null;
  proposal: string;
}

export const MONITORS: readonly MonitorRow[] = [
  {
    id: 'M-01',
    name: 'Product pump bearing',
    hits: 8,
    of: 9,
    low: 0.57,
    high: 0.98,
    visits: 3.5,
    minor: 3_190_000,
    proposal: 'Keep',
  },
  {
    id: 'M-10',
    name: 'Homogeniser seal',
    hits: 4,
    of: 4,
    low: 0.51,
    high: 1,
    visits: 2,
    minor: 1_840_000,
    proposal: 'Keep',
  },
  {
    id: 'M-07',
    name: 'Capper torque',
    hits: 6,
    of: 9,
    low: 0.35,
    high: 0.88,
    visits: 8,
    minor: 410_000,
    proposal: 'Tune',
  },
  {
    id: 'M-09',
    name: 'Boiler feed pump',
    hits: 0,
    of: 0,
    low: 0,
    high: 0,
    visits: 0,
    minor: null,
    proposal: 'Repair',
  },
  {
    id: 'M-08',
    name: 'Conveyor gearbox',
    hits: 3,
    of: 14,
    low: 0.08,
    high: 0.48,
    visits: 15.5,
    minor: -290_000,
    proposal: 'Retire',
  },
];

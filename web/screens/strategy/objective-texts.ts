import { counted } from '../../format/number.ts';

/** The KPIs on offer, each with the unit it usually has. */
export const KPIS: readonly [word: string, name: string, unit: string][] = [
  ['downtime-hours', 'Unplanned downtime', 'h/year'],
  ['breakdowns', 'Breakdowns', '1/year'],
  ['mtbf', 'Mean time between failures', 'h'],
  ['oee', 'OEE', '%'],
  ['availability', 'Availability, a loss of OEE', '%'],
  ['effectiveness', 'Performance, a loss of OEE', '%'],
  ['quality', 'Quality, a loss of OEE', '%'],
  ['maintenance-cost', 'Maintenance cost', 'money/year'],
  ['cost-per-unit', 'Cost per unit', 'money/unit'],
  ['energy-per-unit', 'Energy per unit', 'kWh/unit'],
  ['scrap', 'Scrap', '%'],
];

/** A KPI in words; one that is on no list is shown as the plan names it. */
export function kpiName(word: string): string {
  return KPIS.find(([known]) => known === word)?.[1] ?? word;
}

/** Words of one objective; a second language is a second object of this shape. */
export const TEXTS = {
  newQuestion: 'What shall become better?',
  question: (name: string) => `Where does “${name}” stand?`,
  under: 'Baseline, target, date, what a unit is worth, and one person who answers.',
  missing: 'There is no such objective',
  missingMend: 'Go back to the list under Strategy.',
  way: 'Baseline, now, target',
  notMeasured: 'not measured since the baseline',
  noBaseline: 'no baseline yet',
  frozen: (when: string) => `frozen ${when}`,
  notFrozen: 'not frozen',
  frozenOf: (from: string, to: string, imports: number) =>
    imports === 0
      ? `${from} to ${to}, estimated by a named person`
      : `${from} to ${to}, from ${imports} imports`,
  name: 'Objective',
  kpi: 'KPI',
  unit: 'Unit',
  target: 'Target',
  due: 'By',
  worth: (currency: string) => `A unit is worth, ${currency}`,
  states: 'What a unit is worth in a week when the line is',
  stateWords: { 'sold out': 'sold out', 'can be caught up': 'can be caught up', idle: 'idle' },
  people: 'Who stands behind it',
  peopleHelp: 'A answers for the result: exactly one. R works on it, C is asked before, I is told after.',
  nobody: 'not involved',
  save: 'Keep the objective',
  baselineTitle: 'Freeze the baseline',
  baselineHelp: 'Your estimate over a period. It no longer moves by itself; results are measured against it.',
  baselineValue: (unit: string) => `Baseline, ${unit}`,
  from: 'From',
  to: 'To',
  reason: 'Why the frozen one is given up',
  freeze: 'Freeze it',
  weeks: 'State of the line, coming weeks',
  weeksHelp: 'An hour is worth most while the line is sold out.',
  fromHistory: 'Take it from imported orders',
  ofOrders: (orders: number, imports: number) =>
    `from ${counted(orders, 'order', 'orders')} of ${counted(imports, 'import', 'imports')}.`,
  freezeHistory: 'Freeze baseline from history',
  bringOrders: 'Bring orders',
} as const;

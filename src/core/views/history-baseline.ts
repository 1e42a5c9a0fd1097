import { DAY_MS } from '#vocabulary/time.ts';
import type { LostOrder } from './losses.ts';
import { perDaysOf } from './objective-now.ts';

/** KPIs that imported work orders can measure. */
export const HISTORY_KPIS = ['downtime-hours', 'breakdowns', 'maintenance-cost'] as const;
type HistoryKpi = (typeof HISTORY_KPIS)[number];

/** A shorter period says more about its season than about a year (own rule). */
const LEAST_DAYS = 90;

/** What imported orders say about a KPI over a period, in the unit of an objective. */
export interface HistoryBaseline {
  kpi: string;
  /** hours, breakdowns, or money in major units, per the time that the unit names; null where the orders cannot say it */
  value: number | null;
  /** why there is no value, in words */
  missing: string | null;
  /** orders that were counted */
  orders: number;
  fromMs: number;
  toMs: number;
  importIds: string[];
}

/** @param period begins with `fromMs` and ends before `toMs` */
export function historyBaseline(
  history: { orders: readonly LostOrder[]; importIds: readonly string[] },
  { kpi, unit }: { kpi: string; unit: string },
  period: { fromMs: number; toMs: number },
): HistoryBaseline {
  const inside = history.orders.filter(({ startMs }) => startMs >= period.fromMs && startMs < period.toMs);
  const counted = inside.filter((order) => countsFor(kpi, order));
  const perDays = perDaysOf(unit);
  const missing =
    perDays === undefined
      ? `"${unit}" names no week, month or year.`
      : whyMissing(kpi, inside, counted, period);
  const share = ((perDays ?? 0) * DAY_MS) / (period.toMs - period.fromMs);
  return {
    kpi,
    value: missing === null ? rounded(sumOf(kpi as HistoryKpi, counted) * share) : null,
    missing,
    orders: counted.length,
    ...period,
    importIds: [...history.importIds],
  };
}

/** A breakdown is an order that names some downtime (own rule). */
function countsFor(kpi: string, { downtimeH, costMinor }: LostOrder): boolean {
  return kpi === 'maintenance-cost' ? costMinor !== null : downtimeH !== null && downtimeH > 0;
}

function sumOf(kpi: HistoryKpi, orders: readonly LostOrder[]): number {
  if (kpi === 'breakdowns') return orders.length;
  if (kpi === 'downtime-hours') return orders.reduce((sum, { downtimeH }) => sum + (downtimeH ?? 0), 0);
  return orders.reduce((sum, { costMinor }) => sum + (costMinor ?? 0), 0) / 100;
}

function whyMissing(
  kpi: string,
  inside: readonly LostOrder[],
  counted: readonly LostOrder[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): string | null {
  if (!HISTORY_KPIS.some((one) => one === kpi)) return `Work orders do not measure ${kpi}.`;
  if (toMs - fromMs < LEAST_DAYS * DAY_MS) return `The period is shorter than ${LEAST_DAYS} days.`;
  if (inside.length === 0) return 'No imported order lies in the period.';
  if (counted.length > 0) return null;
  return kpi === 'maintenance-cost'
    ? 'No order of the period says what it cost.'
    : 'No order of the period says anything about downtime.';
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

import type { Priority } from './PriorityBadge.tsx';

/** The seven stops a thread has after its objective. */
export type PictureStop = 'asset' | 'mode' | 'monitor' | 'alerts' | 'notifications' | 'orders' | 'findings';

export const PICTURE_STOPS: readonly PictureStop[] = [
  'asset',
  'mode',
  'monitor',
  'alerts',
  'notifications',
  'orders',
  'findings',
];

export interface PictureThread {
  id: string;
  href: string;
  asset: { id: string; name: string; href: string };
  mode: { name: string; href: string };
  monitor?: { id: string; href: string; blind?: boolean };
  /** Counts of the period; absent where the thread never came so far. */
  counts?: {
    alerts: number;
    notifications: number;
    orders: number;
    /** Findings given, and asked for. */
    findings: number;
    due: number;
  };
  /** Where a count leads; the thread itself where nothing is said. */
  countHref?: Partial<Record<PictureStop, string>>;
  /** The open case and the stop where it waits. */
  open?: { priority: Priority; at: PictureStop; href: string };
  /** A break after this stop: red only when the break itself is P1. */
  broken?: { after: PictureStop; words: string; priority?: Priority; href?: string };
  /** Ends after the failure mode because somebody decided so. */
  ended?: string;
  /** accepted by finance */
  avoidedMinor?: number;
  savedMinor?: number;
  /** booked and not accepted yet */
  avoidedOpenMinor?: number;
  savedOpenMinor?: number;
}

export interface LineGroup {
  id: string;
  name: string;
  href?: string;
  /** What the orders show, "6.1 h a month" with the number set strong; absent while nothing is measured. */
  now?: { value: string; unit: string };
  /** "9.4 → 5.0, M. Silva" */
  standing: string;
  threads: readonly PictureThread[];
}

export interface LineTotals {
  objectives: number;
  assets: number;
  modes: number;
  monitors: number;
  alerts: number;
  notifications: number;
  orders: number;
  findings: number;
  due: number;
  avoidedMinor: number;
  savedMinor: number;
  avoidedOpenMinor: number;
  savedOpenMinor: number;
}

import type { KnownEvent } from '#core/backtest.ts';
import type { Why } from '#core/backtest-why.ts';
import type { DesignFigures, ProfileStep } from '#core/design.ts';
import type { Series } from './samples.ts';
import type { ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import type { Refusal } from '#vocabulary/refusal.ts';

/** What is judged while a monitor is being designed; times are source time, ms. */
export interface DesignWish {
  signalId: SignalId;
  staleAfterMs: number;
  quietMs: number;
  /** both ends included; null = open */
  fromMs: number | null;
  toMs: number | null;
  /** null or none: nothing is scored */
  events: readonly KnownEvent[] | null;
  /** null = the older seven tenths of the time are the part it is chosen on */
  splitAtMs: number | null;
}

export interface Designed {
  samples: number;
  /** readings that were judged: received by this site, and imported */
  received: number;
  imported: number;
  /** lowest and highest value without the rarest at both ends; null without readings */
  range: { low: number; high: number } | null;
  /** one for each condition, in their order */
  judged: DesignFigures[];
  elapsedMs: number;
}

/** Where a limit is moved on history; readings stay loaded between two questions about the same ones. */
export interface DesignDesk {
  /** @throws PortFailure E-SAMPLES-007 too many readings, E-DESIGN-001 too slow */
  judge(wish: DesignWish, conditions: readonly ConditionSpec[]): Promise<Designed | Refusal>;
  /** All readings that are judged, received and imported, drawn with at most so many points. */
  picture(wish: DesignWish, condition: ConditionSpec, points: number): Promise<Series | Refusal>;
  /** What other limits of the same condition would have done. */
  profile(
    wish: DesignWish,
    condition: ConditionSpec,
    limits: readonly number[],
  ): Promise<ProfileStep[] | Refusal>;
  /** Why the version in effect did, or did not, say something at a moment. */
  why(monitorId: MonitorId, version: number | null, atMs: number): Promise<Why | Refusal>;
}

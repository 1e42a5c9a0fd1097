import { nextReadingDueMs, READING_WORDS, WORDS_UNIT } from '#acquire/hand.ts';
import { claimedSignals } from '#acquire/state.ts';
import type { SignalId } from '#vocabulary/ids.ts';
import { type Look, limitOf, readingOf, versionShown } from './look.ts';
import type { LimitView, ReadingView } from './shapes.ts';

/** One thing to read: what, where, by when, and what it read last. */
export interface HandReadingView {
  signalId: string;
  name: string;
  assetId: string;
  assetName: string;
  /** null for a number; otherwise the words to choose from, best first */
  words: readonly string[] | null;
  unit: string;
  reading: ReadingView;
  /** limit of the monitor that asks for it */
  limit: LimitView | null;
  /** whether a monitor asks for it; without one it is not kept */
  asked: boolean;
  dueMs: number | null;
}

export interface RoundView {
  roundId: string;
  name: string;
  everyMs: number;
  dueMs: number;
  readings: HandReadingView[];
}

/** What is read by hand, and what of it is due? */
export interface RoundsView {
  nowMs: number;
  rounds: RoundView[];
  /** hand readings on no round */
  loose: HandReadingView[];
}

export function roundsView(look: Look): RoundsView {
  const { acquire } = look.state;
  const onRound = new Set<SignalId>();
  const rounds = [...acquire.rounds.values()].map((round): RoundView => {
    const readings: HandReadingView[] = [];
    for (const signalId of round.signals) {
      onRound.add(signalId);
      const view = handReading(look, signalId);
      if (view) readings.push({ ...view, dueMs: nextReadingDueMs(acquire, round, signalId) });
    }
    const dueMs = Math.min(...readings.map((one) => one.dueMs ?? Number.POSITIVE_INFINITY));
    return { roundId: round.roundId, name: round.name, everyMs: round.everyMs, dueMs, readings };
  });
  const loose: HandReadingView[] = [];
  for (const signalId of acquire.handSignals.keys()) {
    const view = onRound.has(signalId) ? null : handReading(look, signalId);
    if (view) loose.push(view);
  }
  return { nowMs: look.nowMs, rounds: rounds.toSorted((a, b) => a.dueMs - b.dueMs), loose };
}

/** @returns null when the signal is not read by hand */
export function handReading(look: Look, signalId: SignalId): HandReadingView | null {
  const { acquire, monitor, strategy } = look.state;
  const signal = monitor.signals.get(signalId);
  if (!signal || !acquire.handSignals.has(signalId)) return null;
  const claim = [...acquire.claims.values()].find((one) => one.signalId === signalId);
  const version = claim ? versionShown(look.state, claim.monitorId) : null;
  let dueMs: number | null = null;
  for (const round of acquire.rounds.values()) {
    if (!round.signals.includes(signalId)) continue;
    const due = nextReadingDueMs(acquire, round, signalId);
    dueMs = dueMs === null ? due : Math.min(dueMs, due);
  }
  return {
    signalId,
    name: signal.name,
    assetId: signal.assetId,
    assetName: strategy.assets.get(signal.assetId)?.name ?? '',
    words: signal.unit === WORDS_UNIT ? READING_WORDS : null,
    unit: signal.unit,
    reading: readingOf(look, signalId, null),
    limit: version ? limitOf(version.definition, signal.unit) : null,
    asked: claimedSignals(acquire).has(signalId),
    dueMs,
  };
}

// This room says which signals enter, and why: none without a monitor that claims it.
import type { MonitorDefinition, MonitorDrafted, MonitorFact } from '#monitor/events.ts';
import { CLAIM_MS } from '#vocabulary/claim.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import { otherSignals } from '#vocabulary/conditions/all.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import {
  type AcquireFact,
  type ClockStepped,
  type HistoryImported,
  type InputSetAside,
  lift,
  type Round,
  type SamplesExpired,
  type SignalClaimed,
} from './events.ts';
import { enterReadings, HAND_SOURCE, type HandReading, planRound } from './hand.ts';
import { importHistory, removeHistory } from './history.ts';
import { type AcquireState, type Claim, claimWord, type KnownVersions } from './state.ts';

/** Claims that end together go in groups of so many. */
const MAX_ENDED_AT_ONCE = 16;

export type AcquireCommand =
  | Command<'acquire.import-history', HistoryImported['data']>
  | Command<'acquire.remove-history', { importId: string }>
  | Command<'acquire.expire-samples', SamplesExpired['data']>
  | Command<'acquire.accept-clock', ClockStepped['data']>
  | Command<'acquire.set-aside', InputSetAside['data']>
  | Command<'acquire.plan-round', Round>
  | Command<'acquire.enter-readings', { how: 'phone' | 'paper'; readings: HandReading[] }>;

type Known = AcquireFact | MonitorFact;

function claim(
  state: AcquireState,
  signalId: SignalId,
  monitorId: MonitorId,
  endsAtMs: number | null,
  firstFree: number,
): SignalClaimed[] {
  const before = state.claims.get(claimWord(monitorId, signalId));
  if (before && before.endsAtMs === endsAtMs) return [];
  const index = state.index.get(signalId) ?? firstFree;
  const claimed: SignalClaimed = {
    type: 'acquire.signal-claimed',
    v: 1,
    data: { signalId, index, monitorId, endsAtMs },
  };
  return [claimed];
}

function ended({ signalId, monitorId }: Claim, reason: string): FactBody {
  return { type: 'acquire.claim-ended', v: 1, data: { signalId, monitorId, reason } };
}

function heldBy(state: AcquireState, monitorId: MonitorId): Claim[] {
  return [...state.claims.values()].filter((held) => held.monitorId === monitorId);
}

function decide(command: Command, state: AcquireState, context: Context): Decision {
  const known = command as AcquireCommand;
  switch (known.type) {
    case 'acquire.import-history':
      return importHistory(state, known.data, context);
    case 'acquire.remove-history':
      return removeHistory(state, known.data.importId);
    case 'acquire.expire-samples':
      if (known.data.throughSeq <= (state.expired?.throughSeq ?? 0)) return [];
      return [{ type: 'acquire.samples-expired', v: 1, data: known.data }];
    case 'acquire.accept-clock':
      if (known.data.stepMs > 0) return [{ type: 'acquire.clock-stepped', v: 1, data: known.data }];
      return refuse(
        'E-ACQUIRE-008',
        'The clock has not leapt ahead, so there is nothing to accept.',
        'Look at the page of sources: it says how the clock stands.',
      );
    case 'acquire.set-aside':
      return [{ type: 'acquire.input-set-aside', v: 1, data: known.data }];
    case 'acquire.plan-round':
      return planRound(state, known.data, context.site);
    case 'acquire.enter-readings':
      return enterReadings(state, known.data, context.nowMs);
    default:
      return refuse(
        'E-ACQUIRE-001',
        `This room does not know the command "${command.type}".`,
        'Check the command word; the API reference lists them.',
      );
  }
}

function evolve(state: AcquireState, fact: Recorded): void {
  const known = fact as Recorded<Known>;
  switch (known.type) {
    case 'monitor.signal-declared': {
      const { signalId, unit, usualIntervalMs, address } = known.data;
      if (address.source === HAND_SOURCE) state.handSignals.set(signalId, { unit, usualIntervalMs });
      else state.handSignals.delete(signalId);
      return;
    }
    case 'monitor.drafted':
    case 'monitor.changed':
      learnVersion(state, known.data);
      return;
    case 'monitor.trial-started':
    case 'monitor.activated':
    case 'monitor.sent-back-to-trial':
      putInEffect(state, known.data.monitorId, known.data.version);
      return;
    case 'acquire.signal-claimed': {
      const { signalId, index, monitorId, endsAtMs } = known.data;
      state.index.set(signalId, index);
      state.signalAt[index] = signalId;
      state.claims.set(claimWord(monitorId, signalId), { signalId, monitorId, endsAtMs });
      return;
    }
    case 'acquire.claim-ended':
      state.claims.delete(claimWord(known.data.monitorId, known.data.signalId));
      return;
    case 'acquire.history-imported':
      state.imports.set(known.data.importId, known.data);
      return;
    case 'acquire.history-removed':
      state.imports.delete(known.data.importId);
      state.removedImports.add(known.data.importId);
      return;
    case 'acquire.samples-expired':
      state.expired = known.data;
      return;
    case 'acquire.input-set-aside':
      state.setAside.push(known.data);
      return;
    case 'acquire.round-planned':
      state.rounds.set(known.data.roundId, known.data);
      return;
    case 'acquire.readings-entered':
      for (const { signalId, atMs } of known.data.readings) {
        state.lastReadMs.set(signalId, Math.max(atMs, state.lastReadMs.get(signalId) ?? atMs));
      }
      return;
    default:
      return;
  }
}

function follow(fact: Recorded, state: AcquireState, context: Context): FactBody[] {
  const known = fact as Recorded<Known>;
  switch (known.type) {
    case 'monitor.drafted':
      return reclaim(state, known.data.monitorId, context.nowMs + CLAIM_MS);
    case 'monitor.trial-started':
    case 'monitor.sent-back-to-trial':
      return reclaim(state, known.data.monitorId, context.nowMs + CLAIM_MS);
    case 'monitor.proposed':
    case 'monitor.activated':
      return reclaim(state, known.data.monitorId, null);
    case 'monitor.claim-renewed':
      return reclaim(state, known.data.monitorId, known.data.endsAtMs);
    case 'monitor.proposal-expired':
      if (known.data.backTo === 'live') return [];
      return reclaim(state, known.data.monitorId, context.nowMs + CLAIM_MS);
    case 'monitor.retired':
      return heldBy(state, known.data.monitorId).map((claimed) => ended(claimed, 'retired'));
    default:
      return [];
  }
}

function signalsIn({ signalId, condition }: MonitorDefinition): SignalId[] {
  return [signalId, ...otherSignals(condition)];
}

function learnVersion(state: AcquireState, { monitorId, version, definition }: MonitorDrafted): void {
  const versions = state.versions.get(monitorId) ?? { inEffect: null, newest: version, signals: new Map() };
  versions.signals.set(version, signalsIn(definition));
  versions.newest = version;
  state.versions.set(monitorId, versions);
  state.signalsOf.set(monitorId, lookedAt(versions));
}

function putInEffect(state: AcquireState, monitorId: MonitorId, version: number): void {
  const versions = state.versions.get(monitorId);
  if (!versions) return;
  versions.inEffect = version;
  state.signalsOf.set(monitorId, lookedAt(versions));
}

/** Signals of the version in effect, its own first, and those of the newest one, which may come into effect. */
function lookedAt({ inEffect, newest, signals }: KnownVersions): SignalId[] {
  const effective = signals.get(inEffect ?? newest) ?? [];
  return [...new Set([...effective, ...(signals.get(newest) ?? [])])];
}

/** Claims every signal that the versions in effect and in work look at, and lets go of the others. */
function reclaim(state: AcquireState, monitorId: MonitorId, endsAtMs: number | null): FactBody[] {
  const wanted = state.signalsOf.get(monitorId) ?? [];
  const bodies: FactBody[] = heldBy(state, monitorId)
    .filter(({ signalId }) => !wanted.includes(signalId))
    .map((claimed) => ended(claimed, 'no version in effect or in work looks at it'));
  let firstFree = state.signalAt.length;
  for (const signalId of wanted) {
    const claimed = claim(state, signalId, monitorId, endsAtMs, firstFree);
    if (claimed.some(({ data }) => data.index === firstFree)) firstFree++;
    bodies.push(...claimed);
  }
  return bodies;
}

function nextDueMs(state: AcquireState): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { endsAtMs } of state.claims.values()) if (endsAtMs !== null) next = Math.min(next, endsAtMs);
  return next;
}

function due(state: AcquireState, context: Context): FactBody[] {
  return [...state.claims.values()]
    .filter(({ endsAtMs }) => endsAtMs !== null && endsAtMs <= context.nowMs)
    .slice(0, MAX_ENDED_AT_ONCE)
    .map((claimed) => ended(claimed, 'the claim of a draft or trial ends after 90 days'));
}

export const acquire: Stage<AcquireState> = {
  word: 'acquire',
  purpose: 'Turns raw readings into samples: unit, quality, order; only for signals that a monitor claims.',
  initial: () => ({
    versions: new Map(),
    signalsOf: new Map(),
    claims: new Map(),
    index: new Map(),
    signalAt: [],
    imports: new Map(),
    removedImports: new Set(),
    expired: null,
    setAside: [],
    handSignals: new Map(),
    rounds: new Map(),
    lastReadMs: new Map(),
  }),
  decide,
  evolve,
  follow,
  nextDueMs,
  due,
  upcast: lift,
};

// This room says which signals enter, and why: none without a monitor that claims it.
import type { Drafted, MonitorFact } from '#monitor/events.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { Stage } from '../stage.ts';
import type { AcquireFact, HistoryImported, InputSetAside, Round, SignalClaimed } from './events.ts';
import { enterReadings, HAND_SOURCE, type HandReading, planRound } from './hand.ts';
import type { AcquireState } from './state.ts';

/** A draft or trial holds its signal this long; renewing it needs a reason (promise 1). */
export const CLAIM_MS = 90 * DAY_MS;

export type AcquireCommand =
  | Command<'acquire.record-history', HistoryImported['data']>
  | Command<'acquire.set-aside', InputSetAside['data']>
  | Command<'acquire.plan-round', Round>
  | Command<'acquire.enter-readings', { how: 'phone' | 'paper'; readings: HandReading[] }>;

type Known = AcquireFact | MonitorFact;

function claim(
  state: AcquireState,
  signalId: SignalId,
  monitorId: MonitorId,
  endsAtMs: number | null,
): FactBody[] {
  const held = state.claims.get(monitorId);
  if (held && held.signalId === signalId && held.endsAtMs === endsAtMs) return [];
  const index = state.index.get(signalId) ?? state.signalAt.length;
  const claimed: SignalClaimed = {
    type: 'acquire.signal-claimed',
    v: 1,
    data: { signalId, index, monitorId, endsAtMs },
  };
  return [claimed];
}

function end(state: AcquireState, monitorId: MonitorId, reason: string): FactBody[] {
  const held = state.claims.get(monitorId);
  if (!held) return [];
  return [{ type: 'acquire.claim-ended', v: 1, data: { signalId: held.signalId, monitorId, reason } }];
}

function decide(command: Command, state: AcquireState, context: Context): Decision {
  const known = command as AcquireCommand;
  switch (known.type) {
    case 'acquire.record-history':
      if (state.imports.some((entry) => entry.fileHash === known.data.fileHash)) return [];
      return [{ type: 'acquire.history-imported', v: 1, data: known.data }];
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
      state.signalOf.set(known.data.monitorId, known.data.definition.signalId);
      return;
    case 'acquire.signal-claimed': {
      const { signalId, index, monitorId, endsAtMs } = known.data;
      state.index.set(signalId, index);
      state.signalAt[index] = signalId;
      state.claims.set(monitorId, { signalId, monitorId, endsAtMs });
      return;
    }
    case 'acquire.claim-ended':
      state.claims.delete(known.data.monitorId);
      return;
    case 'acquire.history-imported':
      state.imports.push(known.data);
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
      return claimDraft(known, state, context);
    case 'monitor.trial-started':
    case 'monitor.sent-back-to-trial':
      return reclaim(state, known.data.monitorId, context.nowMs + CLAIM_MS);
    case 'monitor.proposed':
    case 'monitor.activated':
      return reclaim(state, known.data.monitorId, null);
    case 'monitor.retired':
      return end(state, known.data.monitorId, 'retired');
    default:
      return [];
  }
}

function claimDraft(fact: Recorded<Drafted>, state: AcquireState, context: Context): FactBody[] {
  return claim(state, fact.data.definition.signalId, fact.data.monitorId, context.nowMs + CLAIM_MS);
}

function reclaim(state: AcquireState, monitorId: MonitorId, endsAtMs: number | null): FactBody[] {
  const signalId = state.signalOf.get(monitorId);
  return signalId === undefined ? [] : claim(state, signalId, monitorId, endsAtMs);
}

function nextDueMs(state: AcquireState): number {
  let next = Number.POSITIVE_INFINITY;
  for (const held of state.claims.values()) if (held.endsAtMs !== null) next = Math.min(next, held.endsAtMs);
  return next;
}

function due(state: AcquireState, context: Context): FactBody[] {
  for (const held of state.claims.values()) {
    if (held.endsAtMs !== null && held.endsAtMs <= context.nowMs) {
      return end(state, held.monitorId, 'the claim of a draft or trial ends after 90 days');
    }
  }
  return [];
}

export const acquire: Stage<AcquireState> = {
  word: 'acquire',
  purpose: 'Turns raw readings into samples: unit, quality, order; only for signals that a monitor claims.',
  initial: () => ({
    signalOf: new Map(),
    claims: new Map(),
    index: new Map(),
    signalAt: [],
    imports: [],
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
  upcast(fact) {
    if (fact.v === 1) return fact;
    throw new Error(`E-ACQUIRE-009 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

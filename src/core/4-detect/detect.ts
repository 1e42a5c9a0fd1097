// This room says when a signal's state changed: condition set, condition clear, no valid signal.
import type { MonitorFact } from '#monitor/events.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { SignalId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import type { DetectFact } from './events.ts';
import type { StateChange } from './state-change.ts';
import type { DetectState } from './state.ts';

/** A state change of the data plane as a fact of the control plane, whose times are whole ms. */
export function detectFact(change: StateChange, signalId: SignalId): FactBody {
  const { monitorId, version } = change;
  switch (change.kind) {
    case 'raised':
      return {
        type: 'detect.raised',
        v: 1,
        data: {
          monitorId,
          version,
          signalId,
          raisedAtMs: Math.floor(change.atMs),
          conditionSinceMs: Math.floor(change.conditionSinceMs),
          value: change.value,
          extreme: change.extreme,
          lastInsideMs: change.lastBelowMs === null ? null : Math.floor(change.lastBelowMs),
          uncertainOnly: change.uncertainOnly,
        },
      };
    case 'cleared':
      return {
        type: 'detect.cleared',
        v: 1,
        data: { monitorId, version, clearedAtMs: Math.floor(change.atMs), extreme: change.extreme },
      };
    case 'signal-lost':
      return {
        type: 'detect.signal-lost',
        v: 1,
        data: { monitorId, version, signalId, sinceMs: Math.floor(change.atMs) },
      };
    case 'signal-back':
      return {
        type: 'detect.signal-back',
        v: 1,
        data: { monitorId, version, signalId, atMs: Math.floor(change.atMs) },
      };
  }
}

function evolve(state: DetectState, fact: Recorded): void {
  const known = fact as Recorded<DetectFact | MonitorFact>;
  switch (known.type) {
    case 'detect.raised':
      state.active.set(known.data.monitorId, known.data);
      return;
    case 'detect.cleared':
      state.active.delete(known.data.monitorId);
      return;
    case 'detect.signal-lost':
      state.blind.set(known.data.monitorId, known.data.sinceMs);
      return;
    case 'detect.signal-back':
      state.blind.delete(known.data.monitorId);
      return;
    case 'monitor.put-to-sleep':
      for (const monitorId of known.data.monitorIds) {
        state.active.delete(monitorId);
        state.blind.delete(monitorId);
      }
      return;
    default:
      return;
  }
}

export const detect: Stage<DetectState> = {
  word: 'detect',
  purpose:
    'Says when a state changed: condition set or clear, no valid signal, by limit, deadband and delays.',
  initial: () => ({ active: new Map(), blind: new Map() }),
  decide: (command) =>
    refuse(
      'E-DETECT-001',
      `Nobody commands detection ("${command.type}"); it follows the samples.`,
      'Change the monitor instead.',
    ),
  evolve,
  follow: () => [],
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast(fact) {
    if (fact.v === 1) return fact;
    throw new Error(`E-DETECT-009 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

// One input through the whole line: sense, then flow. Live, restart and replay all run this and nothing else.
import type { ClockStepped } from '#acquire/events.ts';
import { claimedSignals } from '#acquire/state.ts';
import { detectFact } from '#detect/detect.ts';
import { judgedMonitors } from '#monitor/judged.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { otherSignals } from '#vocabulary/conditions/all.ts';
import { decide, evolveSite, initialState, nextDueMs, type SiteState, settle, settleDue } from './flow.ts';
import {
  changeMonitors,
  createSense,
  loadSense,
  nextDueMs as nextSenseDueMs,
  type Sense,
  type SenseMonitor,
  type SenseSnapshot,
  type StateChange,
  saveSense,
  senseAdvance,
  senseBatch,
  senseStep,
} from './sense.ts';

/** The two planes of one site. */
export interface Line {
  state: SiteState;
  sense: Sense;
}

export type Input =
  | { kind: 'batch'; seq: number; receivedMs: number; batch: Batch; marks: Uint8Array }
  | { kind: 'tick'; seq: number; receivedMs: number }
  | { kind: 'command'; seq: number; receivedMs: number; command: Command };

/** @param again the command id was known: this is the first answer once more, and nothing was done now */
export type Answer = { ok: true; facts: number; seq: number; again?: true } | Refusal;

export interface Fed {
  facts: Recorded[];
  /** for a command, what its author is told */
  answer: Answer | null;
}

export interface LineSnapshot {
  state: SiteState;
  sense: SenseSnapshot;
}

/** Facts after which other monitors are judged, or the same ones otherwise. */
const CHANGES_JUDGING = new Set([
  'monitor.trial-started',
  'monitor.proposed',
  'monitor.activated',
  'monitor.sent-back-to-trial',
  'monitor.retired',
  'monitor.proposal-expired',
  'monitor.put-to-sleep',
  'monitor.woken',
  'acquire.signal-claimed',
  'acquire.claim-ended',
]);

export function createLine(site: string): Line {
  return { state: initialState(site), sense: createSense(0, []) };
}

/** Monitors that the data plane judges now, with the place of their signal. */
export function senseMonitors(state: SiteState): SenseMonitor[] {
  const claimed = claimedSignals(state.acquire);
  const monitors: SenseMonitor[] = [];
  for (const judged of judgedMonitors(state.monitor)) {
    const signal = claimed.get(judged.definition.signalId);
    if (signal === undefined) continue;
    const { condition, staleAfterMs } = judged.definition;
    const others = otherSignals(condition).map((signalId) => claimed.get(signalId));
    if (!others.every((place) => place !== undefined)) continue;
    const { monitorId, version } = judged;
    monitors.push({
      monitorId,
      version,
      signal,
      staleAfterMs,
      condition,
      ...(others.length > 0 && { others }),
    });
  }
  return monitors;
}

/**
 * Feeds one input. Time moves first to what came, then to `receivedMs`; a batch's marks are filled in.
 * The caller commits `facts` with the input, or stops; an exception leaves the line unusable (rebuild it).
 */
export function feed(line: Line, input: Input): Fed {
  const facts: Recorded[] = [];
  const nowMs = Math.max(input.receivedMs, line.state.nowMs);
  const base = `intake:${input.seq}`;
  let n = 0;
  const take = (changes: StateChange[]): void => {
    for (const change of changes) {
      const signalId = signalOf(line.state, change.monitorId);
      const cause = {
        causeId: `${base}/${n++}`,
        intakeSeq: input.seq,
        nowMs,
        actor: 'system:clock' as const,
      };
      facts.push(...settle(line.state, [detectFact(change, signalId)], cause));
    }
  };
  if (input.kind === 'batch') take(senseBatch(line.sense, input.batch, nowMs, input.marks));
  take(senseAdvance(line.sense, nowMs));
  facts.push(...settleDue(line.state, input.seq, nowMs));
  let answer: Answer | null = null;
  if (input.kind === 'command') {
    const command = input.command;
    const decision = decide(line.state, command, { site: line.state.site, nowMs, actor: command.actor });
    if (isRefusal(decision)) answer = decision;
    else {
      const cause = { causeId: command.id, intakeSeq: input.seq, nowMs, actor: command.actor };
      const settled = settle(line.state, decision, cause);
      facts.push(...settled);
      answer = { ok: true, facts: settled.length, seq: line.state.facts };
    }
  }
  move(line, input.seq, nowMs, facts);
  return { facts, answer };
}

/**
 * Restart: judges an input again for the data plane only and folds the facts the journal already has for it,
 * so that the journal stays the truth even when newer code would decide otherwise.
 */
export function refeed(line: Line, input: Input, facts: readonly Recorded[]): void {
  const nowMs = Math.max(input.receivedMs, line.state.nowMs);
  if (input.kind === 'batch') senseBatch(line.sense, input.batch, nowMs, input.marks);
  senseAdvance(line.sense, nowMs);
  for (const fact of facts) evolveSite(line.state, fact);
  move(line, input.seq, nowMs, facts);
}

function move(line: Line, seq: number, nowMs: number, facts: readonly Recorded[]): void {
  line.state.intakeSeq = seq;
  line.state.nowMs = nowMs;
  for (const fact of facts) {
    if (fact.type === 'acquire.clock-stepped')
      senseStep(line.sense, (fact as Recorded<ClockStepped>).data.stepMs);
  }
  if (!facts.some((fact) => CHANGES_JUDGING.has(fact.type))) return;
  line.sense = changeMonitors(line.sense, line.state.acquire.signalAt.length, senseMonitors(line.state));
}

function signalOf(state: SiteState, monitorId: string): string {
  return state.acquire.signalsOf.get(monitorId)?.[0] as string;
}

/** Plant time of the next thing due on either plane. */
export function lineDueMs(line: Line): number {
  return Math.min(nextSenseDueMs(line.sense), nextDueMs(line.state));
}

export function saveLine(line: Line): LineSnapshot {
  return { state: line.state, sense: saveSense(line.sense) };
}

/** @returns null when the data plane of the snapshot does not fit its monitors; then the log is folded from its start */
export function loadLine(snapshot: LineSnapshot): Line | null {
  const { state } = snapshot;
  const sense = loadSense(snapshot.sense, state.acquire.signalAt.length, senseMonitors(state));
  return sense ? { state, sense } : null;
}

// The control plane: one fact in, the facts that follow; the stages and the standing rules as two visible lists.
import { access } from '#access/access.ts';
import { mayRun } from '#access/policy.ts';
import type { AccessState } from '#access/state.ts';
import { acquire } from '#acquire/acquire.ts';
import type { AcquireState } from '#acquire/state.ts';
import { alert } from '#alert/alert.ts';
import type { AlertState } from '#alert/state.ts';
import { detect } from '#detect/detect.ts';
import type { DetectState } from '#detect/state.ts';
import { monitor } from '#monitor/monitor.ts';
import type { MonitorState } from '#monitor/state.ts';
import { outcome } from '#outcome/outcome.ts';
import { judgeRecord, noiseOverBudget } from '#outcome/rules.ts';
import type { OutcomeState } from '#outcome/state.ts';
import { plan } from '#plan/plan.ts';
import type { PlanState } from '#plan/state.ts';
import { strategy } from '#strategy/strategy.ts';
import type { StrategyState } from '#strategy/state.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import { type FactBody, MAX_FACTS_PER_CAUSE, type Recorded } from '#vocabulary/fact.ts';
import { type Actor, derivedId } from '#vocabulary/ids.ts';
import { isRefusal, refuse } from '#vocabulary/refusal.ts';
import { chargeNoise, processAsksForLimit } from '#work/rules.ts';
import type { WorkState } from '#work/state.ts';
import { work } from '#work/work.ts';
import { outsideOfGuest } from './flow-guest.ts';
import type { Rule, Stage } from './stage.ts';

/** Fold of the journal: one state per room, and how far it has been folded. */
export interface SiteState {
  site: string;
  access: AccessState;
  strategy: StrategyState;
  monitor: MonitorState;
  acquire: AcquireState;
  detect: DetectState;
  alert: AlertState;
  work: WorkState;
  plan: PlanState;
  outcome: OutcomeState;
  /** facts folded = seq of the last one */
  facts: number;
  /** inputs folded */
  intakeSeq: number;
  /** plant time of the last input; never goes back */
  nowMs: number;
}

type Room = Stage<unknown>;
type RoomWord = Exclude<keyof SiteState, 'site' | 'facts' | 'intakeSeq' | 'nowMs'>;

/** The stages in the order of the line; access stands beside them and is asked first. */
export const rooms: readonly Room[] = [
  access,
  strategy,
  monitor,
  acquire,
  detect,
  alert,
  work,
  plan,
  outcome,
];

/** Standing rules: news of a later stage that reaches an earlier one as a command, with the rule as its author. */
export const rules: readonly Rule[] = [chargeNoise, processAsksForLimit, judgeRecord, noiseOverBudget];

const roomByWord = new Map(rooms.map((room) => [room.word, room]));

function stateOf(state: SiteState, room: Room): unknown {
  return state[room.word as RoomWord];
}

export function initialState(site: string): SiteState {
  const states = Object.fromEntries(rooms.map((room) => [room.word, room.initial(site)]));
  return { site, facts: 0, intakeSeq: 0, nowMs: 0, ...states } as unknown as SiteState;
}

/** Folds one recorded fact into every room. Changes `state` in place. */
export function evolveSite(state: SiteState, fact: Recorded): void {
  for (const room of rooms) room.evolve(stateOf(state, room), fact);
  state.facts = fact.seq;
  state.intakeSeq = fact.intakeSeq;
  if (fact.atMs > state.nowMs) state.nowMs = fact.atMs;
}

/** Lifts a stored fact to today's shape. */
export function upcastFact(fact: Recorded): Recorded {
  const room = roomByWord.get(wordOf(fact.type));
  if (!room) throw new Error(`E-JOURNAL-010 fact ${fact.seq} has the unknown type "${fact.type}"`);
  return room.upcast(fact);
}

/** Stage word of a fact or command type: `work` of `work.case-opened`. */
export function wordOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}

/** What one cause adds to the journal. */
export interface Cause {
  /** `intake:<seq>`, `intake:<seq>/<n>` or the command's id */
  causeId: string;
  intakeSeq: number;
  nowMs: number;
  actor: Actor;
}

/**
 * Records bodies and all that follows from them, breadth first: every room folds a fact before any room answers it,
 * so that a room sees its own news too.
 * @returns the facts in journal order; at most MAX_FACTS_PER_CAUSE, more is a bug and throws
 */
export function settle(state: SiteState, bodies: readonly FactBody[], cause: Cause): Recorded[] {
  const facts: Recorded[] = [];
  const waiting: { body: FactBody; actor: Actor }[] = bodies.map((body) => ({ body, actor: cause.actor }));
  const context: Context = { site: state.site, nowMs: cause.nowMs, actor: cause.actor };
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (facts.length >= MAX_FACTS_PER_CAUSE) {
      throw new Error(
        `E-FLOW-001 ${cause.causeId} caused more than ${MAX_FACTS_PER_CAUSE} facts, last ${next.body.type}`,
      );
    }
    const fact: Recorded = {
      ...next.body,
      id: derivedId(state.site, cause.causeId, next.body.type, facts.length),
      seq: state.facts + 1,
      atMs: cause.nowMs,
      actor: next.actor,
      causeId: cause.causeId,
      intakeSeq: cause.intakeSeq,
    };
    evolveSite(state, fact);
    facts.push(fact);
    for (const room of rooms) {
      for (const body of room.follow(fact, stateOf(state, room), context))
        waiting.push({ body, actor: next.actor });
    }
    for (const rule of rules) waiting.push(...obey(state, rule, fact, context));
  }
  return facts;
}

function obey(
  state: SiteState,
  rule: Rule,
  fact: Recorded,
  context: Context,
): { body: FactBody; actor: Actor }[] {
  const actor: Actor = `rule:${rule.name}`;
  const room = roomByWord.get(rule.word) as Room;
  const bodies: { body: FactBody; actor: Actor }[] = [];
  for (const command of rule.on(fact, stateOf(state, room))) {
    const decision = decide(state, { ...command, actor }, { ...context, actor });
    if (!isRefusal(decision)) for (const body of decision) bodies.push({ body, actor });
  }
  return bodies;
}

/** Decides a command: policy first, then its stage. Never changes state. */
export function decide(state: SiteState, command: Command, context: Context): Decision {
  const room = roomByWord.get(wordOf(command.type));
  if (!room) {
    return refuse(
      'E-FLOW-002',
      `No stage answers to "${command.type}".`,
      'Command words begin with the stage, for example "work.accept-draft".',
    );
  }
  const barred = mayRun(state.access, command.actor, command.type);
  if (barred) return barred;
  const outside = outsideOfGuest(state.access, state.work, command);
  if (outside) return outside;
  return room.decide(command, stateOf(state, room), context);
}

/** Plant time at which some room has something due; Infinity when nothing waits. */
export function nextDueMs(state: SiteState): number {
  let next = Number.POSITIVE_INFINITY;
  for (const room of rooms) next = Math.min(next, room.nextDueMs(stateOf(state, room)));
  return next;
}

/** What is due at plant time `nowMs`, room by room; each thing due is a cause of its own. */
export function settleDue(state: SiteState, intakeSeq: number, nowMs: number): Recorded[] {
  const actor: Actor = 'system:clock';
  const context: Context = { site: state.site, nowMs, actor };
  const facts: Recorded[] = [];
  for (let n = 0; n < MAX_DUE_PER_INPUT && nextDueMs(state) <= nowMs; n++) {
    const room = rooms.find((candidate) => candidate.nextDueMs(stateOf(state, candidate)) <= nowMs) as Room;
    const bodies = room.due(stateOf(state, room), context);
    if (bodies.length === 0) {
      throw new Error(
        `E-FLOW-003 the room "${room.word}" says something is due at ${nowMs} and then names nothing`,
      );
    }
    facts.push(...settle(state, bodies, { causeId: `intake:${intakeSeq}/due${n}`, intakeSeq, nowMs, actor }));
  }
  return facts;
}

/** What is still due after this many goes with the next input; the clock asks again at once. */
export const MAX_DUE_PER_INPUT = 256;

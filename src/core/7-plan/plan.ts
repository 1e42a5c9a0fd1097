// This room gives work its day: a proposed one for each draft, a planned one for each order.
import type { StrategyFact } from '#strategy/events.ts';
import { personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { dayStartMs, isoUtc } from '#vocabulary/time.ts';
import type { DraftPrepared, WorkFact } from '#work/events.ts';
import type { Stage } from '../stage.ts';
import type { PlanCommand, RescheduleOrder } from './commands.ts';
import type { PlanFact } from './events.ts';
import { proposeDay } from './greedy.ts';
import { crewLoad, emptyPlan, type PlanState } from './state.ts';

type Known = StrategyFact | WorkFact | PlanFact;

export const plan: Stage<PlanState> = {
  word: 'plan',
  purpose: 'Gives work its day within the hours of the crew and before its latest finish.',
  initial: emptyPlan,
  decide: (command, state, context) => decidePlan(command as PlanCommand, state, context),
  evolve: (state, fact) => evolvePlan(state, fact as Recorded<Known>),
  follow: (fact, state, context) => followPlan(fact as Recorded<Known>, state, context),
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast(fact) {
    if (fact.v === 1) return fact;
    throw new Error(`E-PLAN-090 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

function decidePlan(command: PlanCommand, state: PlanState, context: Context): Decision {
  if (command.type === 'plan.reschedule-order') return reschedule(command, state, context);
  return refuse(
    'E-PLAN-101',
    `There is no command "${(command as Command).type}".`,
    'Use one of the commands of the plan stage.',
  );
}

function reschedule({ data }: RescheduleOrder, state: PlanState, context: Context): Decision {
  const order = state.orders.get(data.orderId);
  if (!order) {
    return refuse('E-PLAN-102', `${data.orderId} is not in the plan.`, 'Take the id from the week plan.');
  }
  if (order.finished) {
    return refuse(
      'E-PLAN-103',
      `${data.orderId} is finished.`,
      'Only work that is still to be done can be moved.',
    );
  }
  const dayMs = dayStartMs(data.dayMs);
  if (!Number.isFinite(dayMs) || dayMs < dayStartMs(context.nowMs)) {
    const day = Number.isFinite(dayMs) ? isoUtc(dayMs).slice(0, 10) : String(data.dayMs);
    return refuse(
      'E-PLAN-104',
      `${day} is no day that work can be moved to.`,
      'Choose today or a later day.',
    );
  }
  if (dayMs === order.dayMs) return [];
  const reason = data.reason.trim();
  if (reason === '') {
    return refuse('E-PLAN-105', 'Moving an order needs a reason.', 'Say in a sentence why it moves.');
  }
  const { orderId, caseId, crewId, workH, dayMs: fromDayMs } = order;
  const by = personOf(context.actor);
  return [body('plan.order-rescheduled', { orderId, caseId, crewId, dayMs, workH, by, fromDayMs, reason })];
}

function followPlan(fact: Recorded<Known>, state: PlanState, { nowMs }: Context): FactBody[] {
  switch (fact.type) {
    case 'work.draft-prepared':
      return [propose(state, fact.data, nowMs)];
    case 'work.order-created': {
      const { orderId, caseId, crewId, dayMs, acceptedBy: by } = fact.data;
      return [
        body('plan.order-scheduled', { orderId, caseId, crewId, dayMs, workH: workHOf(fact.data), by }),
      ];
    }
    default:
      return [];
  }
}

function propose(state: PlanState, draft: DraftPrepared, nowMs: number): FactBody {
  const { draftId, caseId, crewId, priority, notBeforeMs, finishBy, parts } = draft;
  const workH = workHOf(draft);
  const partsLeadMs = parts.reduce((longest, part) => Math.max(longest, part.leadTimeMs), 0);
  const { latestFinishMs } = finishBy;
  const proposal = proposeDay(
    crewLoad(state, crewId),
    { draftId, workH, priority, latestFinishMs, notBeforeMs, partsLeadMs },
    nowMs,
  );
  return body('plan.day-proposed', { draftId, caseId, crewId, workH, ...proposal });
}

/** Person-hours of a job. */
function workHOf({ durationH, people }: { durationH: number; people: number }): number {
  return durationH * people;
}

function evolvePlan(state: PlanState, fact: Recorded<Known>): void {
  switch (fact.type) {
    case 'strategy.crew-formed':
      state.crews.set(fact.data.crewId, fact.data);
      return;
    case 'plan.day-proposed':
      state.proposals.set(fact.data.draftId, fact.data);
      return;
    case 'work.draft-answered':
      state.proposals.delete(fact.data.draftId);
      return;
    case 'work.order-created': {
      const { orderId, caseId, crewId, name, dayMs } = fact.data;
      const workH = workHOf(fact.data);
      state.orders.set(orderId, { orderId, caseId, crewId, name, dayMs, workH, finished: false, moves: [] });
      return;
    }
    case 'plan.order-scheduled':
    case 'plan.order-rescheduled': {
      const order = state.orders.get(fact.data.orderId);
      if (!order) return;
      order.dayMs = fact.data.dayMs;
      if (fact.type === 'plan.order-scheduled') return;
      const { fromDayMs, dayMs: toDayMs, reason } = fact.data;
      order.moves.push({ fromDayMs, toDayMs, reason, atMs: fact.atMs });
      return;
    }
    case 'work.cases-merged': {
      const { caseId, intoCaseId } = fact.data;
      for (const order of state.orders.values()) if (order.caseId === caseId) order.caseId = intoCaseId;
      return;
    }
    case 'work.order-finished': {
      const order = state.orders.get(fact.data.orderId);
      if (order) order.finished = true;
      return;
    }
    default:
      return;
  }
}

function body<T extends PlanFact['type']>(type: T, data: Extract<PlanFact, { type: T }>['data']): FactBody {
  return { type, v: 1, data };
}

import { kindOf } from '#vocabulary/conditions/all.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import type { JobPlan, MonitorDefinition } from './events.ts';
import type { MonitorState } from './state.ts';

/** Two working days to plan and order when no part takes longer (domain reference 2.4). */
export const PLANNING_LEAD_MS = 48 * HOUR_MS;

export interface ResponseTime {
  /** shortest plausible P-F interval, ms */
  pfMinMs: number;
  /** worst case from the start of the fault to a believed alert: interval + on-delay + the promised look, ms */
  detectionMs: number;
  /** hours on the clock of the check and the repair, ms */
  plannedMs: number;
  /** longest of planning lead and part lead times, ms */
  leadMs: number;
  /** what is left when all of it is done; below 0 the monitor cannot end in planned work */
  slackMs: number;
}

/** Hours on the clock of a job, ms. */
function durationMs(plan: JobPlan | null): number {
  return plan ? plan.durationH * HOUR_MS : 0;
}

/** Job plans that a response names: check, then repair. */
export function jobPlansOf(state: MonitorState, definition: MonitorDefinition): JobPlan[] {
  const ids = [definition.response?.checkJobPlanId, definition.response?.repairJobPlanId];
  const plans: JobPlan[] = [];
  for (const id of ids) {
    const plan = id ? state.jobPlans.get(id) : undefined;
    if (plan) plans.push(plan);
  }
  return plans;
}

/**
 * Feasibility of planned work (domain reference 2.4): `PF_min - T_det >= planned duration + order lead`, with
 * `T_det = sampling interval + on-delay + human verify time`. The verify time is the promised `withinMs`.
 * @returns null while P-F interval, signal or response is unknown
 */
export function responseTime(state: MonitorState, definition: MonitorDefinition): ResponseTime | null {
  const pfMin = state.failureModes.get(definition.failureModeId)?.pfMinMs;
  const signal = state.signals.get(definition.signalId);
  if (!pfMin || !signal || !definition.response) return null;
  const { condition } = definition;
  const confirmMs = kindOf(condition).lagMs(condition) + (condition.onDelayMs ?? 0);
  const readingsMs = (condition.nOfM?.m ?? 1) * signal.usualIntervalMs;
  const detectionMs = readingsMs + confirmMs + definition.response.withinMs;
  const plans = jobPlansOf(state, definition);
  const plannedMs = plans.reduce((sum, plan) => sum + durationMs(plan), 0);
  const partLeads = plans.flatMap((plan) => plan.parts.map((part) => part.leadTimeMs));
  const leadMs = Math.max(PLANNING_LEAD_MS, ...partLeads);
  return {
    pfMinMs: pfMin.value,
    detectionMs,
    plannedMs,
    leadMs,
    slackMs: pfMin.value - detectionMs - plannedMs - leadMs,
  };
}

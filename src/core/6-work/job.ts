import type { JobPlan, MonitorDefinition, Rung } from '#monitor/events.ts';
import type { CrewId, JobPlanId } from '#vocabulary/ids.ts';
import type { DraftPart } from './events.ts';
import type { WorkState } from './state.ts';

/** The whole job of a monitor's response: the first rung's check, then the repair, as one order. */
export interface Job {
  jobPlanId: JobPlanId | null;
  name: string;
  craft: string;
  crewId: CrewId;
  crewName: string;
  rung: Rung;
  firstAction: string;
  /** hours on the clock */
  durationH: number;
  people: number;
  parts: DraftPart[];
  needsStop: boolean;
  plannedDowntimeH: number;
  trueIf: string[];
  falseIf: string[];
  withinMs: number;
}

/**
 * Sums the check and the repair of a response. Without a plan for the check the visit's hours count as one;
 * people are the larger crew of the two.
 * @throws when a live monitor has no response or names an unwritten job plan: the gate lets neither through
 */
export function jobOf(state: WorkState, definition: MonitorDefinition): Job {
  const response = definition.response;
  if (!response) throw new Error(`E-WORK-092 the live monitor "${definition.name}" has no response`);
  const check = planOf(state, response.checkJobPlanId);
  const repair = planOf(state, response.repairJobPlanId);
  const crew = state.crews.get(response.crewId);
  const plans = [check, repair].filter((plan): plan is JobPlan => plan !== null);
  const main = repair ?? check;
  const checkH = check ? 0 : response.visitH;
  return {
    jobPlanId: main?.jobPlanId ?? null,
    name: main?.name ?? response.firstAction,
    craft: main?.craft ?? crew?.craft ?? '',
    crewId: response.crewId,
    crewName: crew?.name ?? response.crewId,
    rung: response.rung,
    firstAction: response.firstAction,
    durationH: plans.reduce((sum, plan) => sum + plan.durationH, checkH),
    people: plans.reduce((most, plan) => Math.max(most, plan.people), 1),
    parts: plans.flatMap((plan) => plan.parts.map((part) => ({ ...part }))),
    needsStop: plans.some((plan) => plan.needsStop),
    plannedDowntimeH: plans.reduce((sum, plan) => sum + plan.plannedDowntimeH, 0),
    trueIf: plans.flatMap((plan) => plan.trueIf),
    falseIf: plans.flatMap((plan) => plan.falseIf),
    withinMs: response.withinMs,
  };
}

function planOf(state: WorkState, jobPlanId: JobPlanId | null): JobPlan | null {
  if (jobPlanId === null) return null;
  const plan = state.jobPlans.get(jobPlanId);
  if (!plan) throw new Error(`E-WORK-093 the job plan ${jobPlanId} was never written`);
  return plan;
}

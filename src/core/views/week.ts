import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { type PlannedDay, RESERVE, weekOf } from '#plan/state.ts';
import { shortId } from '#vocabulary/ids.ts';
import { DAY_MS, dayStartMs, WEEK_MS } from '#vocabulary/time.ts';
import type { WorkCase, WorkDraft, WorkOrder } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { unplannedOf } from './decision.ts';
import type { Look } from './look.ts';
import type { OrderState } from './order.ts';

export interface PlannedJob {
  orderId: string | null;
  draftId: string | null;
  caseId: string;
  name: string;
  assetName: string;
  workH: number;
  people: number;
  priority: Priority;
  /** proposed: a draft that nobody accepted yet */
  state: OrderState | 'proposed';
  atRiskMinor: number | null;
  latestFinishMs: number;
}

export interface CrewDay {
  dayMs: number;
  jobs: PlannedJob[];
  plannedH: number;
  capacityH: number;
  reserveH: number;
}

/** Who does what this week? */
export interface WeekView {
  nowMs: number;
  weekStartMs: number;
  /** ISO 8601 week number */
  week: number;
  crews: { crewId: string; name: string; craft: string; technicians: PersonId[]; days: CrewDay[] }[];
  plannedH: number;
  capacityH: number;
  finishDates: { kept: number; of: number };
  atRiskBeforeMinor: number;
  atRiskAfterMinor: number;
  notThisWeek: { job: PlannedJob; because: string; dayMs: number | null }[];
}

/** Start of the ISO week (Monday, UTC day) that holds `atMs`. */
export function weekStartOf(atMs: number): number {
  const dayMs = dayStartMs(atMs);
  const weekday = (new Date(dayMs).getUTCDay() + 6) % 7;
  return dayMs - weekday * DAY_MS;
}

/**
 * Start of the week that a planner opens at `atMs`: the running one, but on a Saturday or Sunday (UTC) the
 * coming one, because nobody plans a crew into days that are over.
 */
export function weekOpenedAt(atMs: number): number {
  return weekStartOf(atMs + 2 * DAY_MS);
}

/** ISO 8601 week number of the week that begins on `weekStartMs`: the week of its Thursday. */
export function isoWeek(weekStartMs: number): number {
  const thursday = new Date(weekStartMs + 3 * DAY_MS);
  const firstOfYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - firstOfYear) / WEEK_MS);
}

/** The week that begins on `weekStartMs` by crew and day, with what is not in it and why. */
export function weekView(look: Look, weekStartMs: number): WeekView {
  const { state } = look;
  const endMs = weekStartMs + WEEK_MS;
  const planned = weekOf(state.plan, weekStartMs);
  const crews = [...state.strategy.crews.values()].map((crew) => ({
    crewId: crew.crewId,
    name: crew.name,
    craft: crew.craft,
    technicians: crew.technicians,
    days: planned.filter((day) => day.crewId === crew.crewId).map((day) => crewDay(state, day)),
  }));
  const days = crews.flatMap((crew) => crew.days);
  const jobs = days.flatMap((day) => day.jobs);
  const open = openJobs(state);
  const inWeek = new Set(jobs.map((job) => job.caseId));
  const kept = jobs.filter((job) => dayOf(state, job) <= job.latestFinishMs).length;
  const risk = (list: PlannedJob[]): number => list.reduce((sum, job) => sum + (job.atRiskMinor ?? 0), 0);
  const left = open.filter(({ job }) => !inWeek.has(job.caseId));
  return {
    nowMs: look.nowMs,
    weekStartMs,
    week: isoWeek(weekStartMs),
    crews,
    plannedH: days.reduce((sum, day) => sum + day.plannedH, 0),
    capacityH: days.reduce((sum, day) => sum + day.capacityH, 0),
    finishDates: { kept, of: jobs.length },
    atRiskBeforeMinor: risk(open.map(({ job }) => job)),
    atRiskAfterMinor: risk(left.map(({ job }) => job)),
    notThisWeek: left.filter(({ dayMs }) => dayMs === null || dayMs >= endMs || dayMs < weekStartMs),
  };
}

function crewDay(state: SiteState, day: PlannedDay): CrewDay {
  const jobs = [
    ...day.orders.map((order) => orderJob(state, order.orderId)),
    ...day.proposals.map((proposal) => draftJob(state, proposal.draftId)),
  ].filter((job) => job !== null);
  return {
    dayMs: day.dayMs,
    jobs,
    plannedH: jobs.reduce((sum, job) => sum + job.workH, 0),
    capacityH: day.capacityH / (1 - RESERVE),
    reserveH: (day.capacityH / (1 - RESERVE)) * RESERVE,
  };
}

function orderJob(state: SiteState, orderId: string): PlannedJob | null {
  const order = state.work.orders.get(orderId);
  const work = order ? state.work.cases.get(order.caseId) : undefined;
  if (!order || !work) return null;
  return { ...jobOf(state, work, order), orderId, draftId: null, state: order.status };
}

function draftJob(state: SiteState, draftId: string): PlannedJob | null {
  const draft = state.work.drafts.get(draftId);
  const work = draft ? state.work.cases.get(draft.caseId) : undefined;
  if (!draft || !work || draft.answer !== null) return null;
  return { ...jobOf(state, work, draft), orderId: null, draftId, state: 'proposed' };
}

function jobOf(state: SiteState, work: WorkCase, job: WorkDraft | WorkOrder) {
  return {
    caseId: work.caseId,
    name: job.name,
    assetName:
      `${shortId(work.fault.assetId)} ${state.strategy.assets.get(work.fault.assetId)?.name ?? ''}`.trim(),
    workH: job.durationH * job.people,
    people: job.people,
    priority: job.priority,
    atRiskMinor: unplannedOf(state, work),
    latestFinishMs: job.finishBy.latestFinishMs,
  };
}

/** Every draft and order that is not finished, with its day and the sentence why. */
function openJobs(state: SiteState): WeekView['notThisWeek'] {
  const open: WeekView['notThisWeek'] = [];
  for (const caseId of state.work.open) {
    const work = state.work.cases.get(caseId) as WorkCase;
    if (work.openOrderId) {
      const job = orderJob(state, work.openOrderId);
      const planned = state.plan.orders.get(work.openOrderId);
      const move = planned?.moves.at(-1);
      const because = move?.reason ?? 'Planned for another week.';
      if (job) open.push({ job, because, dayMs: planned?.dayMs ?? null });
    } else if (work.openDraftId) {
      const job = draftJob(state, work.openDraftId);
      const proposal = state.plan.proposals.get(work.openDraftId);
      if (job)
        open.push({
          job,
          because: proposal?.because ?? 'No day is proposed.',
          dayMs: proposal?.dayMs ?? null,
        });
    }
  }
  return open;
}

function dayOf(state: SiteState, job: PlannedJob): number {
  if (job.orderId) return state.plan.orders.get(job.orderId)?.dayMs ?? 0;
  return state.plan.proposals.get(job.draftId ?? '')?.dayMs ?? 0;
}

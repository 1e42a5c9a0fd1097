import { type Grade, weakerGrade } from '#vocabulary/grade.ts';
import { numberedId, type OrderId } from '#vocabulary/ids.ts';
import { type FindingGiven, type FirstSeenBy, isFalse, isTrue } from '#work/events.ts';
import type { Calculation, EntryBooked, Ledger } from './events.ts';
import { pCaught } from '#vocabulary/caught.ts';
import { avoidedMinor, P_LATE, unplannedMinor, workCostMinor } from './money.ts';
import { definitionOf, failureModeOf, type OutcomeCase, type OutcomeState } from './state.ts';

/** Share of a monitor in what was avoided: all of it when it saw the fault first, none when people reported it before. */
export const SHARE: Record<FirstSeenBy, number> = { monitor: 1, operator: 0 };

/**
 * The entry of a case at the end of an order, or of a check for which no order will come (domain 4.5, 4.6): a credit
 * in avoidance when a fault was repaired on as-found evidence, a debit in savings when there was nothing or only the
 * sensor, none otherwise. Costs are all of the case since its last entry.
 * @returns null when nothing is booked
 */
export function entryFor(
  state: OutcomeState,
  theCase: OutcomeCase,
  finding: FindingGiven,
  order: { orderId: OrderId; repaired: boolean } | null,
  nowMs: number,
): EntryBooked | null {
  const orderId = order?.orderId ?? null;
  if (isFalse(finding.finding)) {
    const { hours, partsMinor, downtimeH } = theCase.cost;
    if (hours === 0 && partsMinor === 0 && downtimeH === 0) return null;
    return debit(state, theCase, finding, orderId, nowMs);
  }
  const isProof = order?.repaired === true && finding.moment === 'as found' && isTrue(finding.finding);
  return isProof && !theCase.credited ? credit(state, theCase, finding, orderId, nowMs) : null;
}

function debit(
  state: OutcomeState,
  theCase: OutcomeCase,
  finding: FindingGiven,
  orderId: OrderId | null,
  nowMs: number,
): EntryBooked {
  const { plan, grade } = planned(state, theCase, orderId);
  const calculation: Calculation = {
    ...plan,
    formula: 'needless-work-v1',
    pLate: 0,
    pCaught: 0,
    share: 1,
    unplannedMinor: 0,
    capped: false,
  };
  const amountMinor = 0 - plan.plannedMinor;
  return entry(state, theCase, finding, orderId, nowMs, {
    ledger: 'savings',
    amountMinor,
    calculation,
    grade,
  });
}

function credit(
  state: OutcomeState,
  theCase: OutcomeCase,
  finding: FindingGiven,
  orderId: OrderId | null,
  nowMs: number,
): EntryBooked {
  const { plan, grade: planGrade } = planned(state, theCase, orderId);
  const mode = failureModeOf(state, definitionOf(state, theCase.monitorId, theCase.monitorVersion));
  const { consequence, currentControl, pfMinMs, baselineLossMinorPerYear: loss } = mode;
  const stopHour = state.assets.get(mode.assetId)?.stopHourMinor ?? null;
  const { stopH, repairMinor, secondaryMinor } = consequence ?? {
    stopH: null,
    repairMinor: null,
    secondaryMinor: null,
  };
  // A figure nobody gave counts as zero, which credits less, and so needs no grade; a cap nobody gave is no cap.
  const used = [stopHour, stopH, repairMinor, secondaryMinor, currentControl ? pfMinMs : null];
  const known = used.flatMap((figure) => (figure ? [figure.grade] : []));
  const grade = [...known, planGrade].reduce(weakerGrade, loss?.grade ?? 'assumed');
  const factors = {
    pLate: P_LATE[finding.evidence],
    pCaught: pCaught(currentControl?.intervalMs ?? null, pfMinMs?.value ?? null),
    share: SHARE[theCase.firstSeenBy],
    unplannedMinor: unplannedMinor(
      stopH?.value ?? 0,
      stopHour?.value ?? 0,
      repairMinor?.value ?? 0,
      secondaryMinor?.value ?? 0,
    ),
    plannedMinor: plan.plannedMinor,
  };
  const avoided = avoidedMinor(factors);
  const room = loss ? Math.max(0, loss.value - creditedInYear(state, mode.failureModeId, nowMs)) : avoided;
  const amountMinor = Math.min(avoided, room);
  const calculation = { ...plan, ...factors, formula: 'avoided-v1' as const, capped: amountMinor < avoided };
  return entry(state, theCase, finding, orderId, nowMs, {
    ledger: 'avoidance',
    amountMinor,
    calculation,
    grade,
  });
}

/** What the work on the case cost since its last entry; an hour of stop that nobody valued is an assumption. */
function planned(state: OutcomeState, theCase: OutcomeCase, orderId: OrderId | null) {
  const definition = definitionOf(state, theCase.monitorId, theCase.monitorVersion);
  const mode = failureModeOf(state, definition);
  const crewId = state.orderCrew.get(orderId ?? '') ?? definition.response?.crewId ?? '';
  const crew = state.crews.get(crewId);
  const stopHour = state.assets.get(mode.assetId)?.stopHourMinor ?? null;
  const rateMinorPerH = crew?.rateMinorPerH ?? 0;
  const stopHourMinor = stopHour?.value ?? 0;
  const plannedMinor = workCostMinor(theCase.cost, rateMinorPerH, stopHourMinor);
  const stopGrade: Grade = theCase.cost.downtimeH > 0 ? (stopHour?.grade ?? 'assumed') : 'measured';
  const grade = weakerGrade(stopGrade, crew ? 'measured' : 'assumed');
  return { plan: { ...theCase.cost, rateMinorPerH, stopHourMinor, plannedMinor }, grade };
}

/** Credits of a failure mode in the UTC calendar year of `nowMs`; rejected ones leave the cap free. */
function creditedInYear(state: OutcomeState, failureModeId: string, nowMs: number): number {
  const year = new Date(nowMs).getUTCFullYear();
  let sum = 0;
  for (const booked of state.entries.values()) {
    const { ledger, status, bookedAtMs, monitorId, caseId, amountMinor } = booked;
    if (ledger !== 'avoidance' || status === 'rejected') continue;
    if (new Date(bookedAtMs).getUTCFullYear() !== year) continue;
    const version = state.cases.get(caseId)?.monitorVersion ?? 0;
    if (definitionOf(state, monitorId, version).failureModeId === failureModeId) sum += amountMinor;
  }
  return sum;
}

function entry(
  state: OutcomeState,
  { caseId, monitorId }: OutcomeCase,
  { finding, evidence }: FindingGiven,
  orderId: OrderId | null,
  bookedAtMs: number,
  figures: { ledger: Ledger; amountMinor: number; calculation: Calculation; grade: Grade },
): EntryBooked {
  const entryId = numberedId(state.site, 'E', state.entries.size + 1);
  return { entryId, caseId, orderId, monitorId, finding, evidence, bookedAtMs, ...figures };
}

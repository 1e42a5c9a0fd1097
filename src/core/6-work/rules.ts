import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { type AlertId, type CrewId, type MonitorId, shortId } from '#vocabulary/ids.ts';
import type { Rule } from '../stage.ts';
import type { WorkFact } from './events.ts';
import { newestAlert } from './case-bodies.ts';
import { isFalse } from './events.ts';
import { definitionOf, lastFinding, type WorkOrder, type WorkState } from './state.ts';

type ChargeNoise = Command<
  'alert.charge-noise',
  { alertId: AlertId; monitorId: MonitorId; crewId: CrewId; hours: number }
>;

/**
 * Hours of a visit that found nothing, or only the sensor, are charged to the crew's noise budget (domain 1.3): those
 * of a check without an order when the finding comes, those of an order when it is finished.
 */
export const chargeNoise: Rule<WorkState> = {
  name: 'charge-noise',
  word: 'work',
  purpose: "Charges the hours of visits that found nothing to the crew's noise budget.",
  on(fact, state) {
    const known = fact as Recorded<WorkFact>;
    if (known.type === 'work.finding-given') {
      const { orderId, moment, finding, hours, caseId } = known.data;
      if (orderId !== null || moment !== 'check' || !isFalse(finding)) return [];
      return charge(state, known.id, caseId, null, hours);
    }
    if (known.type !== 'work.order-finished') return [];
    const { orderId, caseId, actualH } = known.data;
    const theCase = state.cases.get(caseId);
    const finding = theCase && lastFinding(theCase, orderId);
    if (!finding || !isFalse(finding.finding)) return [];
    return charge(state, known.id, caseId, (state.orders.get(orderId) as WorkOrder).crewId, actualH);
  },
};

/**
 * "Real, but process, product or cleaning" says that the limit rings for the wrong thing: a limit proposal opens for
 * the owner and the crew, who can answer it with a limit of their own.
 */
export const processAsksForLimit: Rule<WorkState> = {
  name: 'process-asks-for-limit',
  word: 'work',
  purpose: 'Opens a limit proposal when an alert was real, but process, product or cleaning.',
  on(fact, state) {
    const known = fact as Recorded<WorkFact>;
    if (known.type !== 'work.finding-given' || known.data.finding !== 'process') return [];
    const theCase = state.cases.get(known.data.caseId);
    if (!theCase) return [];
    const because = `${shortId(theCase.caseId)} was real, but process, product or cleaning: the limit rings for it.`;
    const data = { monitorId: theCase.monitorId, what: 'tune' as const, because };
    const actor = 'rule:process-asks-for-limit' as const;
    return [{ id: `process-asks-for-limit/${known.id}`, type: 'monitor.advise', actor, data }];
  },
};

function charge(
  state: WorkState,
  factId: string,
  caseId: string,
  orderCrewId: CrewId | null,
  hours: number,
): ChargeNoise[] {
  const theCase = state.cases.get(caseId);
  if (!theCase) return [];
  const { alertId, monitorId, version } = newestAlert(state, theCase);
  const crewId = orderCrewId ?? definitionOf(state, monitorId, version).response?.crewId;
  if (crewId === undefined || hours <= 0) return [];
  const data = { alertId, monitorId, crewId, hours };
  return [{ id: `charge-noise/${factId}`, type: 'alert.charge-noise', actor: 'rule:charge-noise', data }];
}

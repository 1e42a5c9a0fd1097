import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { AlertId, CrewId, MonitorId } from '#vocabulary/ids.ts';
import type { Rule } from '../stage.ts';
import type { WorkFact } from './events.ts';
import {
  definitionOf,
  isFalse,
  lastFinding,
  type WorkAlert,
  type WorkOrder,
  type WorkState,
} from './state.ts';

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

function charge(
  state: WorkState,
  factId: string,
  caseId: string,
  orderCrewId: CrewId | null,
  hours: number,
): ChargeNoise[] {
  const alert = state.alerts.get(state.cases.get(caseId)?.alerts.at(-1) ?? '') as WorkAlert;
  const { alertId, monitorId, version } = alert;
  const crewId = orderCrewId ?? definitionOf(state, monitorId, version).response?.crewId;
  if (crewId === undefined || hours <= 0) return [];
  const data = { alertId, monitorId, crewId, hours };
  return [{ id: `charge-noise/${factId}`, type: 'alert.charge-noise', actor: 'rule:charge-noise', data }];
}

// The promises of the control plane, read off the facts alone.
import type { SiteState } from '#core/flow.ts';
import type { OutcomeFact } from '#outcome/events.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { WorkFact } from '#work/events.ts';

const LEGAL: Record<string, string | undefined> = {
  'work.order-released': 'work.order-created',
  'work.order-started': 'work.order-released',
  'work.order-finished': 'work.order-started',
};

interface Seen {
  /** open case by fault */
  open: Map<string, string>;
  faultOf: Map<string, string>;
  merged: Set<string>;
  notified: Set<string>;
  /** last step of each order, and the open order of each case */
  orders: Map<string, string>;
  openOrder: Map<string, string>;
  findings: Map<string, number>;
  credits: Set<string>;
  orderEntries: Set<string>;
  alerts: Map<string, string>;
  ids: Set<string>;
  sumMinor: number;
}

export function brokenLine(facts: readonly Recorded[], state: SiteState): string[] {
  const seen: Seen = {
    open: new Map(),
    faultOf: new Map(),
    merged: new Set(),
    notified: new Set(),
    orders: new Map(),
    openOrder: new Map(),
    findings: new Map(),
    credits: new Set(),
    orderEntries: new Set(),
    alerts: new Map(),
    ids: new Set(),
    sumMinor: 0,
  };
  const found: string[] = [];
  for (const fact of facts) {
    const wrong = wrongIn(seen, fact as Recorded<WorkFact | OutcomeFact>);
    if (wrong) found.push(`fact ${fact.seq}: ${wrong}`);
    if (seen.ids.has(fact.id)) found.push(`fact ${fact.seq} has an id that came before`);
    seen.ids.add(fact.id);
  }
  const booked = [...state.outcome.entries.values()].reduce((sum, entry) => sum + entry.amountMinor, 0);
  if (booked !== seen.sumMinor) found.push(`the ledgers hold ${booked}, the facts booked ${seen.sumMinor}`);
  for (const { alertId, trial } of state.alert.alerts.values()) {
    const has = state.work.cases.has(state.work.alerts.get(alertId)?.caseId ?? '');
    if (has === trial)
      found.push(`${alertId} (${trial ? 'trial' : 'live'}) ${has ? 'has a' : 'has no'} case`);
  }
  for (const { caseId, offer, mergedInto } of state.work.cases.values()) {
    const waits = mergedInto !== null || (offer !== null && offer.answerByMs >= state.nowMs);
    if (!seen.notified.has(caseId) && !waits) found.push(`${caseId} has no notification`);
  }
  found.push(...wrongMatching(state));
  return found;
}

/** What merging and splitting must keep: one place for each alert and order, one open case for each fault. */
function wrongMatching({ work, outcome }: SiteState): string[] {
  const found: string[] = [];
  const faults = new Map<string, string>();
  const notified = new Map<string, string>();
  for (const theCase of work.cases.values()) {
    const { caseId, fault, notificationId, mergedInto, openOrderId } = theCase;
    for (const alertId of theCase.alerts) {
      if (work.alerts.get(alertId)?.caseId !== caseId) found.push(`${alertId} is on ${caseId} and elsewhere`);
    }
    if (openOrderId !== null && work.orders.get(openOrderId)?.caseId !== caseId)
      found.push(`${openOrderId} is open on ${caseId} and belongs elsewhere`);
    if (mergedInto !== null && (theCase.alerts.length > 0 || theCase.closedAtMs === null))
      found.push(`${caseId} was merged and still holds something`);
    if (theCase.closedAtMs !== null) continue;
    const key = JSON.stringify(fault);
    if (faults.has(key)) found.push(`${caseId} and ${faults.get(key)} are open on one fault`);
    faults.set(key, caseId);
    if (theCase.alerts[0] === undefined) found.push(`${caseId} is open without an alert`);
    if (notificationId === null) continue;
    if (notified.has(notificationId)) found.push(`${notificationId} is of two open cases`);
    notified.set(notificationId, caseId);
    if (!work.openNotifications.has(notificationId)) found.push(`${notificationId} of ${caseId} is closed`);
  }
  const held = [...work.cases.values()].reduce((sum, one) => sum + one.alerts.length, 0);
  if (held !== work.alerts.size) found.push(`${work.alerts.size} alerts, ${held} of them on cases`);
  for (const [monitorId, { cases }] of outcome.tallies) {
    const counted = [...outcome.cases.values()].filter((one) => one.monitors.includes(monitorId)).length;
    if (counted !== cases) found.push(`${monitorId} counts ${cases} cases and opened ${counted}`);
  }
  return found;
}

function wrongIn(seen: Seen, fact: Recorded<WorkFact | OutcomeFact>): string | null {
  switch (fact.type) {
    case 'work.case-opened': {
      const { fault, caseId } = fact.data;
      const key = `${fault.assetId}/${fault.position}/${fault.group}`;
      const other = seen.open.get(key);
      seen.open.set(key, caseId);
      seen.faultOf.set(caseId, key);
      return other ? `${caseId} opens while ${other} of the same fault is open` : null;
    }
    case 'work.case-reopened': {
      const key = seen.faultOf.get(fact.data.caseId) as string;
      if (seen.merged.has(fact.data.caseId)) return `${fact.data.caseId} opens again after it was merged`;
      const other = seen.open.get(key);
      seen.open.set(key, fact.data.caseId);
      return other ? `${fact.data.caseId} opens again while ${other} is open` : null;
    }
    case 'work.cases-merged': {
      const { caseId, intoCaseId } = fact.data;
      const order = seen.openOrder.get(caseId);
      const other = seen.openOrder.get(intoCaseId);
      seen.merged.add(caseId);
      if (order === undefined) return null;
      seen.openOrder.delete(caseId);
      seen.openOrder.set(intoCaseId, order);
      return other ? `${order} comes to ${intoCaseId} while ${other} is open` : null;
    }
    case 'work.notification-appended': {
      seen.notified.add(fact.data.caseId);
      return null;
    }
    case 'work.case-closed': {
      const { caseId } = fact.data;
      const was = seen.open.delete(seen.faultOf.get(caseId) as string);
      if (seen.openOrder.has(caseId)) return `${caseId} closes with an open order`;
      return was ? null : `${caseId} closes twice`;
    }
    case 'work.notification-created': {
      const twice = seen.notified.has(fact.data.caseId);
      seen.notified.add(fact.data.caseId);
      return twice ? `${fact.data.caseId} gets a second notification` : null;
    }
    case 'outcome.entry-booked': {
      const { caseId, orderId, amountMinor } = fact.data;
      seen.sumMinor += amountMinor;
      if (orderId !== null && seen.orderEntries.has(orderId)) return `${orderId} is booked twice`;
      if (orderId !== null) seen.orderEntries.add(orderId);
      if (amountMinor <= 0) return null;
      if (seen.credits.has(caseId)) return `${caseId} is credited twice`;
      seen.credits.add(caseId);
      return null;
    }
    default:
      return wrongOrder(seen, fact);
  }
}

function wrongOrder(seen: Seen, fact: Recorded<WorkFact | OutcomeFact>): string | null {
  switch (fact.type) {
    case 'work.order-created': {
      const { orderId, caseId } = fact.data;
      const other = seen.openOrder.get(caseId);
      seen.orders.set(orderId, fact.type);
      seen.openOrder.set(caseId, orderId);
      return other ? `${orderId} is created while ${other} is open` : null;
    }
    case 'work.finding-given':
      if (fact.data.orderId) {
        seen.findings.set(fact.data.orderId, (seen.findings.get(fact.data.orderId) ?? 0) + 1);
      }
      return null;
    case 'work.order-released':
    case 'work.order-started':
    case 'work.order-finished': {
      const { orderId, caseId } = fact.data;
      const before = seen.orders.get(orderId);
      seen.orders.set(orderId, fact.type);
      if (before !== LEGAL[fact.type]) return `${fact.type} after ${before ?? 'nothing'} on ${orderId}`;
      if (fact.type !== 'work.order-finished') return null;
      seen.openOrder.delete(caseId);
      return seen.findings.has(orderId) ? null : `${orderId} is finished without a finding`;
    }
    default:
      return null;
  }
}

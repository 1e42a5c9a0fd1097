// The second person of a change: signature, gate and date in one step.
import type { Context, Decision } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { activation } from './activation.ts';
import { ownerStandsBehind } from './approval.ts';
import { noChange } from './change.ts';
import type { DataOf } from './commands.ts';
import type { MonitorFact } from './events.ts';
import { liveGate, missing } from './gate.ts';
import { signingTechnicians } from './gate-evidence.ts';
import { makesWork } from './lifecycle.ts';
import { budgetFor } from './noise-budget.ts';
import { gateLacks, ownerDecides, theProposer } from './refusals.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** The history that a change was judged on grows old: it takes effect within this time. */
const MAX_AHEAD_MS = 90 * DAY_MS;

/** Second person and gate in one step: the change takes effect on its date. */
export function approveChange(
  state: MonitorState,
  monitor: MonitorRecord,
  { version: number, effectiveMs }: DataOf<'monitor.approve-change'>,
  by: PersonId,
  { nowMs }: Context,
): Decision {
  const version = monitor.candidate === number ? monitor.versions.get(number) : undefined;
  if (!version?.change || !makesWork(monitor)) {
    if (monitor.inEffect === number && !monitor.emergency) return [];
    return noChange(monitor, number);
  }
  if (effectiveMs > nowMs + MAX_AHEAD_MS) {
    return refuse(
      'E-MONITOR-066',
      'The change would take effect more than 90 days from now.',
      'Choose an earlier date; the history it was judged on grows old.',
    );
  }
  const proposer = version.proposedBy ?? version.draftedBy;
  if (by === proposer) {
    return theProposer(by, 'Have another person approve it.');
  }
  const as = capacity(state, version, by);
  const signed = {
    ...version,
    proposedBy: proposer,
    signOffs: [...version.signOffs, { by, as, atMs: nowMs }],
  };
  const trying: MonitorRecord = { ...monitor, versions: new Map(monitor.versions).set(number, signed) };
  const tried = { ...state, monitors: new Map(state.monitors).set(monitor.monitorId, trying) };
  const items = liveGate(tried, monitor.monitorId, number, nowMs);
  const lacks = missing(items);
  if (lacks.length > 0) {
    return gateLacks(version.definition.name, items.length - lacks.length, items.length, lacks);
  }
  if (!budgetAllows(tried, monitor, signed, by)) {
    return ownerDecides();
  }
  return approved(state, monitor, version, { by, as, effectiveMs: Math.max(effectiveMs, nowMs) }, nowMs);
}

function approved(
  state: MonitorState,
  monitor: MonitorRecord,
  version: MonitorVersion,
  { by, as, effectiveMs }: { by: PersonId; as: 'technician' | 'owner' | 'engineer'; effectiveMs: number },
  nowMs: number,
): MonitorFact[] {
  const about = { monitorId: monitor.monitorId, version: version.version };
  const facts: MonitorFact[] = [];
  if (version.proposedBy === null)
    facts.push({ type: 'monitor.proposed', v: 1, data: { ...about, by: version.draftedBy } });
  if (!version.signOffs.some((one) => one.by === by))
    facts.push({ type: 'monitor.signed-off', v: 1, data: { ...about, by, as } });
  facts.push({ type: 'monitor.change-approved', v: 1, data: { ...about, by, effectiveMs } });
  if (effectiveMs <= nowMs) facts.push(activation(state, monitor, version.version));
  return facts;
}

function budgetAllows(
  state: MonitorState,
  monitor: MonitorRecord,
  version: MonitorVersion,
  by: PersonId,
): boolean {
  const budget = budgetFor(state, monitor.monitorId, version);
  return !budget?.ownerDecides || ownerStandsBehind(version, by);
}

function capacity(
  state: MonitorState,
  version: MonitorVersion,
  by: PersonId,
): 'technician' | 'owner' | 'engineer' {
  const { definition } = version;
  if (signingTechnicians(state, definition.response?.crewId ?? '').has(by)) return 'technician';
  return definition.owner === by ? 'owner' : 'engineer';
}

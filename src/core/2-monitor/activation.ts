import type { MonitorFact } from './events.ts';
import { budgetFor } from './noise-budget.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** The fact that puts a version in effect; the budget goes on carrying what is known of it. */
export function activation(state: MonitorState, monitor: MonitorRecord, version: number): MonitorFact {
  const target = monitor.versions.get(version) as MonitorVersion;
  const budget = budgetFor(state, monitor.monitorId, target);
  const wastedHPerWeek = budget?.waste.hPerWeek ?? monitor.charged?.wastedHPerWeek ?? 0;
  const crewId = target.definition.response?.crewId ?? monitor.charged?.crewId ?? '';
  return {
    type: 'monitor.activated',
    v: 1,
    data: { monitorId: monitor.monitorId, version, wastedHPerWeek, crewId },
  };
}

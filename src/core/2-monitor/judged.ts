import type { MonitorId } from '#vocabulary/ids.ts';
import type { MonitorDefinition } from './events.ts';
import type { MonitorState } from './state.ts';

export interface JudgedMonitor {
  monitorId: MonitorId;
  /** the version in effect; a candidate waits beside it */
  version: number;
  definition: MonitorDefinition;
  /** judged without consequences: in trial, or proposed and not yet live */
  trial: boolean;
}

/** Monitors that the data plane judges: awake, in trial, proposed, live or under review, with the version in effect. */
export function judgedMonitors(state: MonitorState): JudgedMonitor[] {
  const judged: JudgedMonitor[] = [];
  for (const monitor of state.monitors.values()) {
    if (monitor.inEffect === null || monitor.lifecycle === 'retired' || monitor.asleep) continue;
    const version = monitor.versions.get(monitor.inEffect);
    if (!version) continue;
    const trial = monitor.lifecycle === 'trial' || monitor.lifecycle === 'proposed';
    judged.push({
      monitorId: monitor.monitorId,
      version: version.version,
      definition: version.definition,
      trial,
    });
  }
  return judged;
}

import type { MonitorId } from '#vocabulary/ids.ts';
import type { DetectRaised } from './events.ts';

export interface DetectState {
  /** monitors whose condition holds now */
  active: Map<MonitorId, DetectRaised>;
  /** monitors without a valid signal, and since when (source time) */
  blind: Map<MonitorId, number>;
}

import type { ConsequenceKind, Criticality, FailureMode } from '#strategy/events.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import type { MonitorDefinition } from './events.ts';
import { responseTime } from './response-time.ts';
import type { MonitorState } from './state.ts';

/** One shift: what cannot wait longer is stopped or inspected at once. */
const NOW_MS = 8 * HOUR_MS;
const TODAY_MS = DAY_MS;
const THIS_WEEK_MS = 7 * DAY_MS;
/** From this consequence score on, a monitor moves one band up; up to the lower one, one band down. */
const GRAVE_SCORE = 5;
const SLIGHT_SCORE = 2;

/** Score of a kind while nobody assessed the asset. */
const UNASSESSED: Record<ConsequenceKind, number> = {
  safety: GRAVE_SCORE,
  'food-safety': GRAVE_SCORE,
  environment: GRAVE_SCORE,
  production: 3,
  cost: 2,
};

/**
 * Priority from consequence and time to respond (domain reference 1.2, maintenance bands): time to respond gives the
 * band (8 h, 24 h, 7 days, later); a consequence scored 5 moves it one up, one scored 1 or 2 one down.
 * @param timeToRespondMs null when neither response nor P-F interval is known: then the least urgent band
 */
export function priorityOf(timeToRespondMs: number | null, score: number): Priority {
  const time = timeToRespondMs ?? Number.POSITIVE_INFINITY;
  const band = time <= NOW_MS ? 1 : time <= TODAY_MS ? 2 : time <= THIS_WEEK_MS ? 3 : 4;
  const moved = score >= GRAVE_SCORE ? band - 1 : score <= SLIGHT_SCORE ? band + 1 : band;
  return Math.min(4, Math.max(1, moved)) as Priority;
}

/** Score 1..5 of the failure mode's own consequence kind on its asset. */
export function consequenceScore(mode: FailureMode, criticality: Criticality | undefined): number {
  const kind = mode.consequence?.kind ?? 'cost';
  if (!criticality) return UNASSESSED[kind];
  return criticality.consequence[kind === 'food-safety' ? 'foodSafety' : kind];
}

/** Priority of a definition; time to respond is the shorter of the promised response and what the P-F interval leaves. */
export function priorityOfDefinition(state: MonitorState, definition: MonitorDefinition): Priority {
  const mode = state.failureModes.get(definition.failureModeId);
  if (!mode) return 4;
  const time = responseTime(state, definition);
  const known = [definition.response?.withinMs, time?.slackMs].filter(
    (ms) => ms !== undefined && ms !== null,
  );
  const shortest = known.length > 0 ? Math.min(...known) : null;
  return priorityOf(shortest, consequenceScore(mode, state.criticality.get(mode.assetId)));
}

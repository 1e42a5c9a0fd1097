// What an honest technician finds: the hidden state of the model, in the eight answers.
import type { Finding } from '#work/events.ts';
import { hadSpecialRun } from './calendar.ts';
import type { DyingSensor } from './dying-sensor.ts';
import { DAY_MIN } from './moment.ts';
import { DYING_SENSOR } from './story.ts';
import type { Wear } from './wear.ts';

/** People remember a special run this long, and a repair this long. */
const REMEMBERS_RUN_MIN = 7 * DAY_MIN;
const REMEMBERS_REPAIR_MIN = 3 * DAY_MIN;

/** @param minute of the look, since the start of the simulation */
export function truthOf(wear: Wear, sensor: DyingSensor, minute: number): Finding {
  if (minute >= wear.foundFromMin) return 'as stated';
  for (const { foundFromMin, endMin, againMin, brokeDown } of wear.ended) {
    if (minute >= foundFromMin && minute <= (brokeDown ? againMin : endMin)) return 'as stated';
  }
  const { failureMode } = wear;
  if (failureMode === DYING_SENSOR.failureMode && sensor.isDying(minute)) return 'sensor';
  if (hadSpecialRun(failureMode, minute - REMEMBERS_RUN_MIN, minute)) return 'process';
  const mended = wear.ended.some(({ endMin }) => minute >= endMin && minute - endMin <= REMEMBERS_REPAIR_MIN);
  return mended ? 'already known' : 'nothing found';
}

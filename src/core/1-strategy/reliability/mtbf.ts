// Mean time between failures, with what a count so small can say (exponential model, chi-square bounds).
import { CONFIDENCE } from './answer.ts';
import { chiSquareQuantile } from './chi-square.ts';

/** From so many failures on a single figure is shown without its interval. */
export const MIN_FAILURES_FIGURE = 5;

export interface MtbfAnswer {
  failures: number;
  /** null without a failure */
  mtbf: number | null;
  /** it is at least this long, with one-sided confidence; only without a failure */
  atLeast: number | null;
  /** 90 % interval, while failures are few */
  interval: [number, number] | null;
}

/**
 * @param operating operating time, not calendar time; any unit
 * @param confidence of the bound that is given when nothing has failed
 */
export function mtbf(operating: number, failures: number, confidence = CONFIDENCE): MtbfAnswer {
  if (failures === 0) {
    return { failures, mtbf: null, atLeast: operating / -Math.log(1 - confidence), interval: null };
  }
  const tail = (1 - CONFIDENCE) / 2;
  const interval: [number, number] = [
    (2 * operating) / chiSquareQuantile(1 - tail, 2 * failures + 2),
    (2 * operating) / chiSquareQuantile(tail, 2 * failures),
  ];
  return {
    failures,
    mtbf: operating / failures,
    atLeast: null,
    interval: failures < MIN_FAILURES_FIGURE ? interval : null,
  };
}

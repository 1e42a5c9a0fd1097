import { backtestSection } from './backtest.ts';
import type { Section } from './measure.ts';
import { senseSection } from './sense.ts';

/** Every part of the bench, in the order it runs. */
export const SECTIONS: Section[] = [senseSection, backtestSection];

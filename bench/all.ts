import { archiveSection } from './archive.ts';
import { backtestSection } from './backtest.ts';
import { designerSection } from './designer.ts';
import { idleSection } from './idle.ts';
import { importSection } from './import.ts';
import { journalSection } from './journal.ts';
import type { Section } from './measure.ts';
import { mqttSection } from './mqtt-section.ts';
import { plantSection } from './plant.ts';
import { restartSection } from './restart.ts';
import { senseSection } from './sense.ts';

/** Every part of the bench, in the order it runs. */
export const SECTIONS: Section[] = [
  senseSection,
  backtestSection,
  designerSection,
  mqttSection,
  plantSection,
  journalSection,
  archiveSection,
  importSection,
  idleSection,
  restartSection,
];

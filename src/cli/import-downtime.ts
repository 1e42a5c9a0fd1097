import { downtime } from '#strategy/imports/downtime.ts';
import { importCommand } from './import-table.ts';

export const command = importCommand(
  downtime,
  'Brings when lines stood, and why',
  'throughline import downtime stops.csv',
);

import { production } from '#strategy/imports/production.ts';
import { importCommand } from './import-table.ts';

export const command = importCommand(
  production,
  'Brings what the lines made',
  'throughline import production production.csv',
);

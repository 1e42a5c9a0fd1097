import { functionalLocations } from '#strategy/imports/functional-locations.ts';
import { importCommand } from './import-table.ts';

export const command = importCommand(
  functionalLocations,
  'Brings the places where equipment stands',
  'throughline import functional-locations locations.xlsx',
);

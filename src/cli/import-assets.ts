import { assets } from '#strategy/imports/assets.ts';
import { importCommand } from './import-table.ts';

export const command = importCommand(
  assets,
  'Brings the register of equipment, with its classes',
  'throughline import assets equipment.xlsx',
);

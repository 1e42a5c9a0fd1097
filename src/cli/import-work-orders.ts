import { workOrders } from '#strategy/imports/work-orders.ts';
import { importCommand } from './import-table.ts';

export const command = importCommand(
  workOrders,
  'Brings work orders or notifications: the history that says where it hurts',
  'throughline import work-orders orders.csv',
);

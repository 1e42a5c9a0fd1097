import { breakdowns } from './breakdowns.ts';
import { downtimeHours } from './downtime-hours.ts';
import { energyPerUnit } from './energy-per-unit.ts';
import type { Kpi } from './kpi.ts';
import { maintenanceCost } from './maintenance-cost.ts';
import { mtbf } from './mtbf.ts';
import { oee } from './oee.ts';
import { scrap } from './scrap.ts';

export const kpis: readonly Kpi[] = [
  downtimeHours,
  breakdowns,
  maintenanceCost,
  energyPerUnit,
  oee,
  scrap,
  mtbf,
];

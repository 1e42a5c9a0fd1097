import { availability } from './availability.ts';
import { breakdowns } from './breakdowns.ts';
import { costPerUnit } from './cost-per-unit.ts';
import { downtimeHours } from './downtime-hours.ts';
import { effectiveness } from './effectiveness.ts';
import { energyPerUnit } from './energy-per-unit.ts';
import type { Kpi } from './kpi.ts';
import { maintenanceCost } from './maintenance-cost.ts';
import { mtbf } from './mtbf.ts';
import { oee } from './oee.ts';
import { quality } from './quality.ts';
import { scrap } from './scrap.ts';

export const kpis: readonly Kpi[] = [
  downtimeHours,
  breakdowns,
  mtbf,
  oee,
  availability,
  effectiveness,
  quality,
  maintenanceCost,
  costPerUnit,
  energyPerUnit,
  scrap,
];

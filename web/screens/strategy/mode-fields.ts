import type { ModeSheet } from '../../../src/api/contract.ts';
import { DAY_MS, HOUR_MS } from '../../format/time.ts';

type Mode = ModeSheet['mode'];
const MINOR = 100;
const WEEK_MS = 7 * DAY_MS;

/** A failure mode as a person types it: days, hours, and the plant's currency. */
export interface ModeFields {
  name: string;
  group: string;
  position: string;
  iso14224: string;
  mechanism: string;
  cause: string;
  detection: string;
  kind: string;
  clock: string;
  grade: string;
  controlWhat: string;
  pf: number | null;
  perWeek: number | null;
  stopH: number | null;
  repair: number | null;
  loss: number | null;
  controlDays: number | null;
  lookDays: number | null;
  confirmDays: number | null;
  verifyDays: number | null;
  workH: number | null;
  leadDays: number | null;
}

export function modeFields(mode: Mode | null): ModeFields {
  const timing = mode?.timing ?? null;
  const days = (ms: number | undefined): number | null => (ms === undefined ? null : ms / DAY_MS);
  const money = (minor: number | undefined): number | null => (minor === undefined ? null : minor / MINOR);
  return {
    name: mode?.name ?? '',
    group: mode?.group ?? '',
    position: mode?.position ?? '',
    iso14224: mode?.iso14224 ?? 'UNK',
    mechanism: mode?.mechanism ?? '',
    cause: mode?.cause ?? '',
    detection: mode?.detection ?? '',
    kind: mode?.consequence?.kind ?? '',
    clock: mode?.pfOnClock?.clock ?? 'calendar',
    grade: mode?.pfMinMs?.grade === 'assumed' ? 'assumed' : 'estimated',
    controlWhat: mode?.currentControl?.what ?? '',
    pf: mode?.pfOnClock?.value ?? days(mode?.pfMinMs?.value),
    perWeek: mode?.pfOnClock?.perWeek ?? null,
    stopH: mode?.consequence?.stopH?.value ?? null,
    repair: money(mode?.consequence?.repairMinor?.value),
    loss: money(mode?.baselineLossMinorPerYear?.value),
    controlDays: days(mode?.currentControl?.intervalMs),
    lookDays: days(timing?.lookEveryMs),
    confirmDays: days(timing?.confirmMs),
    verifyDays: days(timing?.verifyMs),
    workH: timing ? timing.workMs / HOUR_MS : null,
    leadDays: days(timing?.leadMs),
  };
}

/** The body that the plant takes; a figure that was not touched keeps its grade and its source. */
export function bodyOfMode(fields: ModeFields, mode: Mode | null): unknown {
  const before = modeFields(mode);
  const figure = (key: keyof ModeFields, known: { value: number } | null | undefined, factor: number) => {
    const typed = fields[key];
    if (typeof typed !== 'number') return null;
    if (known && typed === before[key]) return known;
    return { value: Math.round(typed * factor * 1_000) / 1_000, grade: 'estimated' };
  };
  const ms = (value: number | null, unitMs: number): number => Math.round((value ?? 0) * unitMs);
  const { clock, perWeek, pf, grade, kind } = fields;
  const counted = clock !== 'calendar' && pf !== null && perWeek !== null && perWeek > 0;
  const pfMs = pf === null ? null : Math.round(counted ? (pf / perWeek) * WEEK_MS : pf * DAY_MS);
  const same = pf === before.pf && clock === before.clock && grade === before.grade;
  const asked = [fields.lookDays, fields.workH, fields.leadDays];
  return {
    failureModeId: mode?.failureModeId ?? null,
    objectiveId: mode?.objectiveId ?? null,
    name: fields.name,
    group: fields.group,
    position: fields.position,
    iso14224: fields.iso14224,
    mechanism: fields.mechanism || null,
    cause: fields.cause || null,
    detection: fields.detection || null,
    severity: mode?.severity ?? 'unknown',
    pfMinMs: same && mode?.pfMinMs ? mode.pfMinMs : pfMs === null ? null : { value: pfMs, grade },
    pfOnClock: counted ? { clock, value: pf, perWeek } : null,
    consequence:
      kind === ''
        ? null
        : {
            kind,
            stopH: figure('stopH', mode?.consequence?.stopH, 1),
            repairMinor: figure('repair', mode?.consequence?.repairMinor, MINOR),
            secondaryMinor: mode?.consequence?.secondaryMinor ?? null,
          },
    currentControl:
      fields.controlWhat === '' || !fields.controlDays
        ? null
        : { what: fields.controlWhat, intervalMs: ms(fields.controlDays, DAY_MS) },
    baselineLossMinorPerYear: figure('loss', mode?.baselineLossMinorPerYear, MINOR),
    timing: asked.every((value) => value === null)
      ? null
      : {
          lookEveryMs: ms(fields.lookDays, DAY_MS),
          confirmMs: ms(fields.confirmDays, DAY_MS),
          verifyMs: ms(fields.verifyDays, DAY_MS),
          workMs: ms(fields.workH, HOUR_MS),
          leadMs: ms(fields.leadDays, DAY_MS),
        },
  };
}

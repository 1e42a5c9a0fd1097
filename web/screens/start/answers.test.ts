import { expect, test } from 'vitest';
import type { LibraryEntry, StartMachine } from '../../../src/api/contract.ts';
import { bodyOf, firstAnswers, isAnswered, withLibrary } from './answers.ts';

const DAY_MS = 86_400_000;
const MACHINE: StartMachine = {
  assetId: 'p1.pump',
  name: 'Pump',
  equipmentClass: 'centrifugal pump',
  loss: null,
  stopHour: null,
  lossMinorPerYear: null,
  criticality: null,
  firstAnswer: false,
  failureModes: [],
  signals: [],
  monitors: [],
};
const ENTRY: LibraryEntry = {
  equipmentClass: 'centrifugal pump',
  name: 'bearing wears out',
  group: 'bearing',
  position: 'drive end',
  iso14224: 'VIB',
  mechanism: '2.4',
  cause: 'wear and tear',
  signal: 'vibration',
  feature: 'velocity',
  unit: 'mm/s',
  direction: 'high',
  pfMs: [30 * DAY_MS, 90 * DAY_MS],
  rung: 'walk-by',
  firstAction: 'listen',
};

test('the library answers what nobody has, and the rest is asked', () => {
  const answers = withLibrary(firstAnswers(MACHINE, [], 'ana'), ENTRY);
  const open = Array.from({ length: 10 }, (_, n) => n + 1).filter((n) => !isAnswered(answers, n));
  expect(open).toEqual([3, 5, 8]);
  expect(answers).toMatchObject({ everyDays: 15, withinDays: 7, handName: 'drive end: vibration' });
});

test('a round clears after its own interval, a device after its delay', () => {
  const answers = { ...withLibrary(firstAnswers(MACHINE, [], 'ana'), ENTRY), limit: 4, stopHour: 1_200.5 };
  expect(bodyOf(answers)).toMatchObject({
    stopHourMinor: 120_050,
    delay: { onDelayMs: 0, offDelayMs: 15 * DAY_MS },
    signal: { kind: 'hand', unit: 'mm/s' },
  });
  expect(bodyOf({ ...answers, signalId: 'p1.vib' })).toMatchObject({
    delay: { onDelayMs: 600_000, offDelayMs: 600_000 },
    signal: { kind: 'existing', signalId: 'p1.vib' },
  });
});

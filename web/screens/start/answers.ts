import type { LibraryEntry, StartMachine } from '../../../src/api/contract.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../format/time.ts';

/** What a person has answered so far; money in the plant's currency, not in its hundredths. */
export interface Answers {
  assetId: string;
  whatFails: string;
  library: LibraryEntry | null;
  stopHour: number | null;
  /** '' = a reading by hand */
  signalId: string;
  handName: string;
  handUnit: string;
  everyDays: number;
  direction: 'high' | 'low';
  limit: number | null;
  source: string;
  grade: 'measured' | 'estimated' | 'assumed';
  delayMin: number;
  firstAction: string;
  crewId: string;
  crewName: string;
  technicians: string[];
  withinDays: number;
  owner: string;
}

export const HAND = '';
const MINOR = 100;

/** Defaults before the first answer. */
export function firstAnswers(
  machine: StartMachine,
  crews: readonly { crewId: string }[],
  me: string,
): Answers {
  const [signal] = machine.signals.filter((one) => !one.hand);
  return {
    assetId: machine.assetId,
    whatFails: machine.failureModes[0]?.name ?? '',
    library: null,
    stopHour: machine.stopHour ? machine.stopHour.value / MINOR : null,
    signalId: signal?.signalId ?? HAND,
    handName: '',
    handUnit: '°C',
    everyDays: 7,
    direction: 'high',
    limit: null,
    source: '',
    grade: 'estimated',
    delayMin: 10,
    firstAction: '',
    crewId: crews[0]?.crewId ?? '',
    crewName: '',
    technicians: [me],
    withinDays: 7,
    owner: me,
  };
}

/** What the library says of a failure fills in what nobody has answered yet. */
export function withLibrary(answers: Answers, entry: LibraryEntry): Answers {
  const byHand = answers.signalId === HAND;
  return {
    ...answers,
    library: entry,
    whatFails: entry.name,
    handName: byHand ? `${entry.position}: ${entry.signal}` : answers.handName,
    handUnit: entry.unit,
    direction: entry.direction,
    firstAction: entry.firstAction,
    // half the shortest interval leaves one look before it is too late
    everyDays: Math.max(1, Math.min(28, Math.floor(entry.pfMs[0] / DAY_MS / 2))),
    withinDays: Math.max(1, Math.min(14, Math.floor(entry.pfMs[0] / DAY_MS / 4))),
  };
}

/** Whether the answer to a question is there. @param n from 1 to 10 */
export function isAnswered(answers: Answers, n: number): boolean {
  const a = answers;
  const tests: Record<number, boolean> = {
    1: a.assetId !== '',
    2: a.whatFails.trim() !== '',
    3: a.stopHour !== null,
    4: a.signalId !== HAND || (a.handName.trim() !== '' && a.everyDays > 0),
    5: a.limit !== null && a.source.trim() !== '',
    6: a.signalId === HAND || a.delayMin > 0,
    7: a.firstAction.trim() !== '',
    8: a.crewId !== '' || (a.crewName.trim() !== '' && a.technicians.length > 0),
    9: a.withinDays > 0,
    10: a.owner !== '',
  };
  return tests[n] === true;
}

/** The body that the plant takes. */
export function bodyOf(answers: Answers): unknown {
  const { library, signalId } = answers;
  const byHand = signalId === HAND;
  const everyMs = Math.round(answers.everyDays * DAY_MS);
  const delayMs = Math.round(answers.delayMin * MINUTE_MS);
  return {
    assetId: answers.assetId,
    whatFails: answers.whatFails,
    library: library && {
      group: library.group,
      position: library.position,
      iso14224: library.iso14224,
      mechanism: library.mechanism,
      cause: library.cause,
      pfMinMs: library.pfMs[0],
    },
    stopHourMinor: Math.round((answers.stopHour ?? 0) * MINOR),
    signal: byHand
      ? { kind: 'hand', name: answers.handName, unit: answers.handUnit, everyMs }
      : { kind: 'existing', signalId },
    limit: {
      direction: answers.direction,
      value: answers.limit,
      source: answers.source,
      grade: answers.grade,
    },
    delay: byHand ? { onDelayMs: 0, offDelayMs: everyMs } : { onDelayMs: delayMs, offDelayMs: delayMs },
    firstAction: answers.firstAction,
    rung: library?.rung ?? 'walk-by',
    crew:
      answers.crewId === ''
        ? { kind: 'new', name: answers.crewName, technicians: answers.technicians }
        : { kind: 'existing', crewId: answers.crewId },
    withinMs: Math.round(answers.withinDays * 24) * HOUR_MS,
    owner: answers.owner,
  };
}

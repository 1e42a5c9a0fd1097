import { counted } from '../../format/number.ts';

/** Words of the expert page; a second language is a second object of this shape. */
export const TEXTS = {
  question: 'What does the data say now?',
  under: (set: number, blind: number, of: number) =>
    `${counted(set, 'limit', 'limits')} crossed, ${counted(blind, 'monitor', 'monitors')} without a valid signal, of ${of}.`,
  table: 'Conditions',
  monitor: 'Monitor',
  version: 'Version',
  reading: 'Reading',
  limit: 'Limit',
  condition: 'Condition',
  crossed: (when: string) => `crossed since ${when}`,
  blind: (when: string) => `no valid signal since ${when}`,
  inside: 'inside',
  notJudged: 'not judged',
  accepted: 'Accepted',
  bad: 'Bad',
  late: 'Late',
  repeated: 'Repeated',
  future: 'Ahead',
  silence: 'silence',
  note: 'Counts since the signal was claimed. Bad, late, repeated and ahead samples are stored and marked; for a live monitor they have not come.',
  none: 'Nothing is judged yet.',
  noneBecause: 'A monitor in trial or live claims a signal; from then on its readings are judged here.',
} as const;

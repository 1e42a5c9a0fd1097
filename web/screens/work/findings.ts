import type { Evidence, Finding } from '../../../src/api/contract.ts';
import type { Finding as Mark } from '../../parts/FindingMark.tsx';

/** Mark that belongs to an answer. */
export const MARK_OF: Record<Finding, Mark> = {
  'as stated': 'as-stated',
  'other fault': 'other-fault',
  'too early': 'too-early',
  process: 'process',
  'nothing found': 'nothing',
  sensor: 'sensor',
  'already known': 'known',
  'not checked': 'not-checked',
};

export interface Answer {
  finding: Finding;
  words: string;
  detail: string;
}

/** The eight answers as a technician would say them, the likely ones within reach of a thumb. */
export const ANSWERS: readonly Answer[] = [
  { finding: 'as stated', words: 'It is as stated', detail: 'the alert was right' },
  { finding: 'other fault', words: 'Another fault', detail: 'something else was wrong' },
  { finding: 'too early', words: 'Too early to see', detail: 'look again on a later day' },
  { finding: 'process', words: 'Process or cleaning', detail: 'real, but not the machine' },
  { finding: 'nothing found', words: 'Nothing found', detail: 'a good answer too' },
  { finding: 'sensor', words: 'Sensor or wiring', detail: 'the reading was wrong' },
  { finding: 'already known', words: 'Already known', detail: 'it is being dealt with' },
  { finding: 'not checked', words: 'Not checked', detail: 'could not get to it' },
];

export const EVIDENCE_WORDS: readonly { evidence: Evidence; words: string; detail: string }[] = [
  { evidence: 'strong', words: 'Measured, or a photo', detail: 'beyond the reject limit' },
  { evidence: 'moderate', words: 'Seen', detail: 'with my own eyes' },
  { evidence: 'weak', words: 'Heard or felt only', detail: '' },
  { evidence: 'none', words: 'Nothing to go by', detail: '' },
];

/** Answers that a planner may give without anybody going there. */
export const SCREENED: readonly Finding[] = ['already known', 'process', 'sensor', 'other fault'];

/** Too early cannot be said of a machine that was taken apart. */
export function answersFor(moment: 'check' | 'as found'): readonly Answer[] {
  return moment === 'check' ? ANSWERS : ANSWERS.filter((one) => one.finding !== 'too early');
}

import { counted } from '../../format/number.ts';

/** Words of the line; a second language is a second object of this shape. */
export const TEXTS = {
  question: 'Where does the line break?',
  under: (modes: number, breaks: number) =>
    `${counted(modes, 'failure mode', 'failure modes')}, ${breaks === 0 ? 'unbroken' : counted(breaks, 'break', 'breaks')}. Every stop opens.`,
  period: 'Period',
  quarter: '90 days',
  year: '12 months',
  nobody: 'nobody answers',
  noTarget: 'no target',
  noBaseline: 'no baseline',
  runToFailure: (who: string, when: string) => `run to failure, accepted by ${who}, review ${when}`,
  since: (words: string, when: string) => `${words} since ${when}`,
  noPlan: 'There is no line yet.',
  noPlanBecause: 'A line begins with an objective and the asset that it hangs on.',
  noPlanNext: 'See what is asked for',
  unclaimed: (n: number) => `${counted(n, 'topic hangs', 'topics hang')} on nothing`,
  unclaimedBecause: 'Counted, not stored: no monitor claims them.',
  unclaimedNone: 'Every topic that comes in belongs to a monitor.',
  seeList: 'See the list',
  waiting: 'A draft waits for its answer',
  waitingUntil: (who: string, when: string) => `${who} has it until ${when}.`,
  waitingWho: 'The planner',
  waitingLate: (when: string) => `It was due ${when}.`,
  openCase: 'Open the case',
  noneWaiting: 'No draft waits',
  noneWaitingBecause: 'Each one that came was answered.',
  trueShare: (percent: string) => `${percent} of findings were true`,
  trueShareOf: (n: number, of: number, low: string, high: string) =>
    `${n} of ${of}, ${low} to ${high} likely.`,
  few: 'Few cases yet',
  noFindings: 'No finding yet',
  noFindingsBecause: 'A share of true alerts needs answers from the field.',
  byMonitor: 'By monitor',
} as const;

import type { TodayItem } from '../../../src/api/contract.ts';
import { counted } from '../../format/number.ts';

/** Words of Today; a second language is a second object of this shape. */
export const TEXTS = {
  question: 'What needs me?',
  act: 'Act',
  waits: (n: number) => `${counted(n, 'thing waits', 'things wait')} for you, soonest first`,
  howBad: 'How bad',
  atRisk: 'At risk',
  actBy: 'Act by',
  since: 'Since',
  proposed: 'Proposed for',
  planned: 'Planned for',
  noDate: 'no date',
  noSignal: 'no signal',
  openCases: (n: number) => counted(n, 'open case', 'open cases'),
  inside: (n: number) =>
    `${counted(n, 'monitor is', 'monitors are')} inside ${n === 1 ? 'its limit' : 'their limits'}`,
  fresh: (n: number) => `${n} new, show`,
  freshNow: 'A case with priority Now waits for you.',
  nothing: 'Nothing needs you.',
  watched: (monitors: number, assets: number) =>
    `${counted(monitors, 'live monitor watches', 'live monitors watch')} ${counted(assets, 'asset', 'assets')}, newest reading `,
  notLive: (trial: number, draft: number) =>
    [
      ...(trial === 0 ? [] : [counted(trial, 'trial', 'trials')]),
      ...(draft === 0 ? [] : [counted(draft, 'draft', 'drafts')]),
    ].join(' and '),
  causeNoWork: (words: string) => ` ${words} cause no work yet.`,
  noPlan: 'No plant is described yet.',
  noPlanBecause: 'Load a plan with objectives, assets and monitors; then this page says what needs you.',
  noPlanNext: 'See what is asked for',
  others: 'Others have it',
  othersAll: 'All cases',
  othersNone: 'No open case waits for anybody else.',
  breaks: 'Where the line breaks',
  breaksAll: (n: number) => counted(n, 'break', 'breaks'),
  noLine: 'There is no line yet.',
  breaksNone: 'The line is whole from objective to money.',
  done: 'Done by itself',
  readings: 'readings judged, all in all',
  raised: (joined: number) =>
    joined === 0
      ? 'alerts raised'
      : `alerts raised, ${joined} joined ${joined === 1 ? 'an open case' : 'open cases'}`,
  drafted: (n: number) => `${n === 1 ? 'notification' : 'notifications'} and order drafted`,
  twice: 'cases opened twice',
  noise: 'Noise budget',
  noiseWords: (used: string, of: string) => `${used} of ${of} this week`,
  limit: 'limit',
} as const;

/** The word in the first column when no priority stands there. */
export const ACT_WORD: Record<TodayItem['act'], string> = {
  decide: 'Decide',
  match: 'Match',
  report: 'Report',
  accept: 'Accept',
  release: 'Release',
  start: 'Start',
  finding: 'Finding',
  finish: 'Finish',
  'sign off': 'Sign off',
  review: 'Review',
  advice: 'Decide',
  'look after': 'Look after',
  money: 'Money',
  sensor: 'Sensor',
  trial: 'Trial',
};

/** Words of the week plan. */
export const TEXTS = {
  thisWeek: 'Who does what this week?',
  otherWeek: 'Who does what in that week?',
  before: 'Week before',
  after: 'Week after',
  risk: 'Money at risk, by the end of the week',
  hours: 'Hours planned',
  dates: 'Finish dates kept',
  left: 'Not in this week',
  notThisWeek: 'Not this week, and why',
  noneLeft: 'Everything that waits is in this week.',
  noJob: 'nothing planned',
  nobody: 'nobody in',
  move: 'Move',
  decide: 'Accept or change',
  noCrews: 'No crew is described yet.',
  noCrewsBecause: 'The plan of a plant names its crews, their crafts and their hours.',
} as const;

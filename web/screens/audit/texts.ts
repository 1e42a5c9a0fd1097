/** Words of the audit page. */
export const TEXTS = {
  question: 'Who did what, and when?',
  head: 'How the journal stands',
  headHelp: 'Note this hash elsewhere: with it a cut tail or a rewritten chain is found.',
  verify: 'How to verify',
  verifyHelp: 'Anybody with the data folder can check it, also beside a running server:',
  replayHelp: 'The past replays exactly; this says whether it does:',
  copy: 'Copy',
  copied: 'Copied',
  older: 'Older facts',
  first: 'This is the first fact.',
  facts: 'Facts, newest first',
  none: 'Nothing has happened yet.',
  noneBecause: 'The journal gets its first fact when the plant is described.',
} as const;

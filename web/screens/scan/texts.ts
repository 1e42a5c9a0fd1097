/** Words of the scan screen. */
export const TEXTS = {
  question: 'Which machine stands before you?',
  under: 'Type or paste the number on its label.',
  label: 'Number on the label',
  open: 'Open it',
  camera: 'Or point the camera of your phone at the label: its code opens the machine.',
  like: 'Meant one of these?',
  none: 'No asset has this number',
  noneDetail: (label: string) => `“${label}” is not on the list of assets.`,
  noneMend: 'Look at the label again, or find the asset on the list under Strategy.',
  list: 'All assets',
} as const;

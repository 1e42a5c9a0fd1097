import type { ThreadStop } from '../../parts/LineThread.tsx';

/** Simulated values for the page of parts; nothing here is a measurement. */
const WORDS = [
  'Objective',
  'Asset',
  'Failure mode',
  'Monitor',
  'Alert',
  'Notification',
  'Order',
  'Finding',
  'Money',
];

function thread(labels: readonly string[], at: number, here: 'here' | 'broken'): ThreadStop[] {
  return WORDS.map((word, place) => ({
    word,
    label: labels[place] ?? '',
    href: '/parts',
    state: place < at ? 'passed' : place === at ? here : 'next',
  }));
}

export const MONITOR_THREAD = thread(
  ['Fewer unplanned stops', 'P-201 Product pump', 'Bearing wears', 'M-01, version 2', 'none open'],
  3,
  'here',
);

export const CASE_THREAD = thread(
  [
    'Fewer unplanned stops',
    'P-201 Product pump',
    'Bearing wears',
    'M-01, version 2',
    'Mon 12 Oct 05:25',
    'N-2093',
    'WO-4471',
    'after the work',
    '€23,044 if found',
  ],
  6,
  'here',
);

export const BROKEN_THREAD = thread(
  [
    'Fewer unplanned stops',
    'HOM-204 Homogeniser',
    'Plunger seal leaks',
    'M-10, version 1',
    'Sun 11 Oct 22:10',
    'N-2090',
    'No slot in time',
  ],
  6,
  'broken',
);

/** What an objective can be measured by. One file and one line in all.ts make one more. */
export interface Kpi {
  /** as objectives and plan files name it */
  word: string;
  name: string;
  unit: string;
  betterWhen: 'lower' | 'higher';
}

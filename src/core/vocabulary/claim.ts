import { DAY_MS } from './time.ts';

/** A draft, a trial or a waiting new version holds its signal this long (promise 1). */
export const CLAIM_MS = 90 * DAY_MS;

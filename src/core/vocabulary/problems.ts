import type { Graded } from './grade.ts';
import { type Refusal, type RefusalItem, refuse } from './refusal.ts';

/** Collects everything that is wrong with a command, so that its author hears it all at once. */
export interface Problems {
  stage: string;
  items: RefusalItem[];
}

/** @param stage stage word in capitals, the middle of every code: `E-STRATEGY-004` */
export function problemsOf(stage: string): Problems {
  return { stage, items: [] };
}

/** Notes a problem unless `holds`. @param number last part of the code, 1..999 */
export function demand(
  problems: Problems,
  holds: boolean,
  number: number,
  message: string,
  mend: string,
): void {
  if (holds) return;
  const code = `E-${problems.stage}-${String(number).padStart(3, '0')}`;
  problems.items.push({ code, message, mend });
}

/** Null when nothing was wrong; otherwise the refusal, led by its first problem. */
export function refusalOf(problems: Problems): Refusal | null {
  const [first] = problems.items;
  return first ? refuse(first.code, first.message, first.mend, problems.items) : null;
}

const GRADED = 6;
const RANGE = 5;

/** A figure must be a finite number of at least `min`, and an estimate or a measurement must say whose or whence. */
export function demandGraded(problems: Problems, what: string, graded: Graded | null, min: number): void {
  if (!graded) return;
  demand(
    problems,
    Number.isFinite(graded.value) && graded.value >= min,
    RANGE,
    `${what} is ${graded.value}; it must be a number of at least ${min}.`,
    'Correct the figure.',
  );
  demand(
    problems,
    graded.grade !== 'estimated' || graded.by !== null,
    GRADED,
    `${what} is an estimate of nobody.`,
    'Name the person who estimated it, or grade it "assumed".',
  );
  demand(
    problems,
    graded.grade !== 'measured' || graded.source !== null,
    GRADED,
    `${what} is graded "measured" without a source.`,
    'Say where it was measured (report, meter, order history), or grade it lower.',
  );
}

/** A number must lie in `min`..`max`. */
export function demandRange(problems: Problems, what: string, value: number, min: number, max: number): void {
  const bounds = max === Number.POSITIVE_INFINITY ? `at least ${min}` : `between ${min} and ${max}`;
  const holds = Number.isFinite(value) && value >= min && value <= max;
  demand(problems, holds, RANGE, `${what} is ${value}; it must be ${bounds}.`, 'Correct the figure.');
}

const REFERENCE = 4;

/** What a command refers to must be known already. */
export function demandKnown(
  problems: Problems,
  what: string,
  id: string | null,
  known: { has(id: string): boolean },
): void {
  if (id === null) return;
  demand(problems, known.has(id), REFERENCE, `There is no ${what} "${id}".`, `Describe the ${what} first.`);
}

const SITE = 3;

/** Ids of plant objects begin with the site, so that two sites never share one. */
export function demandId(problems: Problems, site: string, id: string): void {
  const holds = id.startsWith(`${site}.`) && id.length > site.length + 1 && !/\s/.test(id);
  demand(
    problems,
    holds,
    SITE,
    `"${id}" is no id of site "${site}".`,
    `Write it "${site}.<name>" without spaces.`,
  );
}

const TEXT = 9;

/** A text that people will read must not be empty. */
export function demandText(problems: Problems, what: string, text: string): void {
  demand(
    problems,
    text.trim() !== '',
    TEXT,
    `${what} is empty.`,
    `Write ${what.toLowerCase()} in a few words.`,
  );
}

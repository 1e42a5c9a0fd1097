import type { PersonId } from './ids.ts';

/** How a figure is known. Nothing `assumed` earns automation or accepted money (promise 2). */
export type Grade = 'measured' | 'estimated' | 'assumed';

/** A figure with its grade; an estimate names the person who made it. */
export interface Graded<T = number> {
  value: T;
  grade: Grade;
  by: PersonId | null;
  source: string | null;
}

/** The weaker of two grades: a product is only as well known as its worst factor. */
export function weakerGrade(a: Grade, b: Grade): Grade {
  const order: Grade[] = ['measured', 'estimated', 'assumed'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))] as Grade;
}

import { readFile } from 'node:fs/promises';
import { PortFailure } from '#ports/failure.ts';
import type { PlanRead } from '#ports/plan-file.ts';
import { readPlan } from './read.ts';

/** Code of a plan file that is not there; the command line answers it with exit 3. */
export const NO_PLAN_FILE = 'E-PLAN-010';

/** @throws PortFailure when the file cannot be read */
export async function readPlanFile(path: string): Promise<PlanRead> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    const absent = code === 'ENOENT';
    throw new PortFailure(
      absent ? NO_PLAN_FILE : 'E-PLAN-011',
      absent ? `There is no file "${path}".` : `"${path}" cannot be read (${code ?? 'unknown reason'}).`,
      absent ? 'Check the path.' : 'Check that it is a file and that you may read it.',
      false,
    );
  }
  return readPlan(text, path);
}

// Why the writer does not take an input now, in words.
import type { Answer } from '#core/line.ts';
import { PortFailure } from '#ports/failure.ts';
import { refuse } from '#vocabulary/refusal.ts';

/** Inputs that may wait for the writer; one more is refused, so that the sender keeps it. */
export const MAX_WAITING_INPUTS = 20_000;

/** Why nothing is written now, in words for the sources page. */
export interface Blocked {
  code: string;
  message: string;
  mend: string;
  sinceMs: number;
}

export function isRetryable(failure: unknown): failure is PortFailure {
  return failure instanceof PortFailure && failure.retryable;
}

export function wasSetAside(seq: number): Answer {
  return refuse(
    'E-INTAKE-009',
    `The command stopped the site twice; it was set aside as input ${seq} and did nothing.`,
    'Keep the data folder and report it; the rest of the site goes on.',
  );
}

export function noSpace(blocked: Blocked): PortFailure {
  return new PortFailure(blocked.code, blocked.message, blocked.mend, true);
}

export function tooMany(): PortFailure {
  return new PortFailure(
    'E-INTAKE-001',
    `More than ${MAX_WAITING_INPUTS} inputs wait to be written.`,
    'Nothing is lost: the sender keeps what was not acknowledged. Send slower, or look for a slow disk.',
    true,
  );
}

export function stopping(): PortFailure {
  return new PortFailure('E-INTAKE-003', 'The site is stopping.', 'Send again when it runs.', true);
}

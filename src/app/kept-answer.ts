// The answer a command got, kept with what was asked, so that one key never answers for another wish.
import { createHash } from 'node:crypto';
import type { Answer } from '#core/line.ts';
import type { Command } from '#vocabulary/command.ts';
import { isRefusal, refuse } from '#vocabulary/refusal.ts';

interface Kept {
  asked: string;
  answer: Answer;
}

/** References of free text are new each time the same text is sent, so they do not tell two wishes apart. */
const TEXT_REFERENCE = /"text:[^"]*"/g;

function askedBy(command: Command): string {
  const text = JSON.stringify([command.type, command.actor, command.data]).replaceAll(
    TEXT_REFERENCE,
    '"text:"',
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export function keptAnswer(command: Command, answer: Answer): string {
  return JSON.stringify({ asked: askedBy(command), answer } satisfies Kept);
}

/** An answer that was given before, so that nobody makes a second secret for the same wish. */
export function repeated(answer: Answer): Answer {
  return isRefusal(answer) ? answer : { ...answer, again: true };
}

/** The answer to a command whose id is known: the first one when it is the same wish, a refusal when it is another. */
export function answerAgain(kept: string, command: Command): Answer {
  const { asked, answer } = JSON.parse(kept) as Kept;
  if (asked === askedBy(command)) return answer;
  return refuse(
    'E-INTAKE-010',
    'This idempotency key was already used for another wish; nothing was done.',
    'Send a new key with each new wish, and the same key only when asking again.',
  );
}

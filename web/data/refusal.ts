import type { ProblemItem } from '../../src/api/contract.ts';

/** What the server or the way to it answered instead of the thing that was asked for. */
export interface ProblemWords {
  title: string;
  detail: string;
  /** `E-WORK-012` and the like; shown, so that people can name it. */
  code: string;
  /** What to do. */
  mend: string;
  /** Every missing or wrong item at once, as the gate answers. */
  items?: readonly ProblemItem[];
}

export type ProblemKind =
  /** No way to the server: offline, or it does not run. Trying again later is right. */
  | 'unreachable'
  /** The session ended or never was. */
  | 'signed-out'
  /** The plant says no, with a reason. Trying again the same way is useless. */
  | 'refused'
  /** The server failed. Nothing was changed. */
  | 'broken';

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly status: number;
  readonly words: ProblemWords;

  constructor(kind: ProblemKind, status: number, words: ProblemWords) {
    super(`${words.title} (${words.code})`);
    this.kind = kind;
    this.status = status;
    this.words = words;
  }
}

export function unreachable(): Problem {
  return new Problem('unreachable', 0, {
    title: 'The plant server does not answer',
    detail: 'What you see was true when it was read. What you enter is kept on this device.',
    code: 'E-WEB-001',
    mend: 'Check the network, or wait: it is tried again by itself.',
  });
}

const KIND_OF: (status: number) => ProblemKind = (status) => {
  if (status === 401) return 'signed-out';
  return status >= 500 ? 'broken' : 'refused';
};

/** What HTTP calls "Forbidden" or "Unprocessable Content", in words for people. */
const SPOKEN: Readonly<Record<number, string>> = {
  401: 'Sign in first',
  403: 'You may not do this',
  404: 'It is not here',
  409: 'It stands otherwise by now',
  413: 'It is too large',
  422: 'This cannot be done so',
  429: 'Too many questions at once',
};

/** Whether the same question may get another answer later; a plain refusal never does. */
export function worthAnotherTry(thrown: unknown): boolean {
  return !(thrown instanceof Problem) || thrown.kind !== 'refused' || thrown.status === 429;
}

/** Reads RFC 9457 `application/problem+json`; a body that is none still gives a sentence and a code. */
export function problemFrom(status: number, body: unknown): Problem {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (key: string, otherwise: string) => {
    const found = fields[key];
    return typeof found === 'string' && found ? found : otherwise;
  };
  const items = fields['items'];
  return new Problem(KIND_OF(status), status, {
    ...(Array.isArray(items) && items.length > 0 ? { items: items as ProblemItem[] } : {}),
    title: SPOKEN[status] ?? (status >= 500 ? 'The server failed' : 'The server refused this'),
    detail: text('detail', `It answered with status ${status} and no reason.`),
    code: text('code', `E-WEB-${status}`),
    mend: text(
      'mend',
      status >= 500 ? 'Nothing was changed. Try again in a minute.' : 'Check what you entered.',
    ),
  });
}

/** Any thrown thing as words for the screen. */
export function wordsOf(thrown: unknown): ProblemWords {
  if (thrown instanceof Problem) return thrown.words;
  return {
    title: 'This could not be shown',
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    code: 'E-WEB-002',
    mend: 'Load the page again; if it fails again, tell the administrator the code.',
  };
}

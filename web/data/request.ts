import { Problem, problemFrom, unreachable } from './refusal.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  body?: unknown;
  /** Sent as it is, instead of a body. */
  file?: Blob;
  /** Made here when a create comes without one; pass the same key to try the same thing again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;

let onSignedOut: (() => void) | null = null;

/** The one place that hears of a lost session; the shell leads to the sign-in screen. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/**
 * One call to our own server, with its cookies. A create carries an idempotency key, so that a repeated
 * send after a lost answer changes nothing.
 * @returns the parsed body, undefined when there is none
 * @throws Problem
 */
export async function request<Answer>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.file) headers['content-type'] = 'application/octet-stream';
  else if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? crypto.randomUUID();
  else if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      ...bodyOf(options),
    });
    body = await read(answer);
  } catch (thrown) {
    if (options.signal?.aborted || thrown instanceof Problem) throw thrown;
    throw unreachable();
  }
  if (answer.ok) return aged(body, answer.headers.get('x-kept-at-ms')) as Answer;
  // A gateway without a server behind it speaks for nobody.
  if (answer.status === 502 || answer.status === 503 || answer.status === 504) {
    if (!isProblem(body)) throw unreachable();
  }
  const problem = problemFrom(answer.status, body);
  if (problem.kind === 'signed-out') onSignedOut?.();
  throw problem;
}

function bodyOf({ file, body }: RequestOptions): { body?: BodyInit } {
  if (file) return { body: file };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!text) return undefined;
  const type = answer.headers.get('content-type') ?? '';
  if (!type.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('broken', answer.status, {
      title: 'The server answered with half a sentence',
      detail: `${text.length} characters came that are no JSON.`,
      code: 'E-WEB-003',
      mend: 'Nothing was changed. Try again in a minute.',
    });
  }
}

/** An answer kept on this device is as old as it is: its plant time moves on, so that no age on a screen is too young. */
function aged(body: unknown, keptAtMs: string | null): unknown {
  if (keptAtMs === null || typeof body !== 'object' || body === null || !('nowMs' in body)) return body;
  const { nowMs } = body;
  return typeof nowMs === 'number' ? { ...body, nowMs: nowMs + Date.now() - Number(keptAtMs) } : body;
}

function isProblem(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'title' in body;
}

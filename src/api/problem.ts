import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { PortFailure } from '#ports/failure.ts';
import type { Refusal, RefusalItem } from '#vocabulary/refusal.ts';
import type { Problem } from './contract.ts';

/** Ends a request with a problem; `status` is the HTTP status. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly mend: string;
  readonly items: RefusalItem[];
  readonly retryAfterS: number | null;
  constructor(
    status: number,
    code: string,
    message: string,
    mend: string,
    more: { items?: RefusalItem[]; retryAfterS?: number } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.mend = mend;
    this.items = more.items ?? [];
    this.retryAfterS = more.retryAfterS ?? null;
  }
}

/** Refusals that are not about the state of the plant; all others answer 422. */
const STATUS_OF_CODE: Record<string, number> = {
  'E-ACCESS-005': 404,
  'E-ACCESS-006': 404,
  'E-ACCESS-011': 403,
  'E-ACCESS-012': 403,
  'E-ACCESS-013': 403,
  'E-ACCESS-014': 403,
  'E-ACCESS-015': 403,
  'E-ACCESS-017': 403,
  'E-ACCESS-019': 403,
  'E-IDENTITY-003': 410,
  'E-IDENTITY-006': 429,
  'E-IDENTITY-007': 401,
  'E-IDENTITY-008': 403,
};

export function refused(refusal: Refusal): ApiProblem {
  return new ApiProblem(STATUS_OF_CODE[refusal.code] ?? 422, refusal.code, refusal.message, refusal.mend, {
    items: refusal.items,
  });
}

/** What a person's own file or question is wrong with is his to mend: 422 instead of a failure of the server. */
export function asRefused(failure: unknown): unknown {
  if (!(failure instanceof PortFailure) || failure.retryable) return failure;
  return new ApiProblem(422, failure.code, failure.message, failure.mend);
}

/** A secret is shown once: the same wish again changes nothing and shows nothing. */
export function shownBefore(what: string, mend: string): ApiProblem {
  return new ApiProblem(
    409,
    'E-ACCESS-022',
    `This was done already; ${what} was shown once, with the first answer.`,
    mend,
  );
}

/** 404 with a code of the asking stage, for example `E-WORK-404`. */
export function missing(stage: string, what: string): ApiProblem {
  return new ApiProblem(
    404,
    `E-${stage.toUpperCase()}-404`,
    `${what} does not exist here.`,
    'Check the id; it may belong to another site or have been mistyped.',
  );
}

/** Turns whatever ended a request into a problem; what is not foreseen shows no internals. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error.validation, error.validationContext);
  if (error instanceof PortFailure) {
    return error.retryable
      ? new ApiProblem(503, error.code, error.message, error.mend, { retryAfterS: 5 })
      : new ApiProblem(500, error.code, error.message, error.mend);
  }
  return framework(error as Partial<FastifyError>);
}

function invalid(
  errors: { instancePath: string; message?: string }[],
  context: string | undefined,
): ApiProblem {
  const items = errors.slice(0, 50).map((found) => {
    const where = found.instancePath.split('/').filter(Boolean).join('.') || (context ?? 'input');
    return {
      code: 'E-HTTP-010',
      message: `${where}: ${found.message ?? 'is not valid'}`,
      mend: `Correct "${where}" in the ${context === 'querystring' ? 'query' : (context ?? 'request')}.`,
    };
  });
  return new ApiProblem(
    400,
    'E-HTTP-010',
    items.length === 1 ? (items[0]?.message ?? '') : `${items.length} fields are not valid.`,
    'Correct what is listed; the shapes are described in /api/openapi.json.',
    { items },
  );
}

function framework(error: Partial<FastifyError>): ApiProblem {
  switch (error.statusCode) {
    case 413:
      return new ApiProblem(413, 'E-HTTP-011', 'The request body is too large.', 'Send at most 1 MB.');
    case 415:
      return new ApiProblem(
        415,
        'E-HTTP-012',
        'The body is not JSON.',
        'Send it with content-type application/json.',
      );
    case 400:
      return new ApiProblem(
        400,
        'E-HTTP-013',
        'The request cannot be read.',
        'Send a well-formed JSON body of the shape described in /api/openapi.json.',
      );
    case 414:
    case 431:
      return new ApiProblem(
        error.statusCode,
        'E-HTTP-014',
        'The address or the headers are too long.',
        'Shorten them.',
      );
    default:
      return new ApiProblem(
        500,
        'E-HTTP-500',
        'Something in Throughline went wrong; nothing was changed that was not confirmed.',
        'Try again. If it comes back, give the time of this answer to whoever looks after the server: the log has the cause.',
      );
  }
}

export function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const body: Problem = {
    type: `urn:throughline:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Refused',
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    mend: problem.mend,
    ...(problem.items.length > 0 ? { items: problem.items } : {}),
  };
  if (problem.retryAfterS !== null) reply.header('retry-after', String(problem.retryAfterS));
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer((payload) => JSON.stringify(payload))
    .send(body);
}

/** A caller who hangs up gives his run up. */
export function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return gone.signal;
}

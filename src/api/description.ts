import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { isOpen, type Route } from './route.ts';

/** JSON Schema of a problem, for the API description. */
export const PROBLEM_SCHEMA = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'detail', 'code', 'mend'],
  properties: {
    type: { type: 'string' as const, description: 'urn:throughline:problem:<code>' },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    detail: { type: 'string' as const, description: 'what happened and why' },
    code: { type: 'string' as const, description: 'for example E-ACCESS-013' },
    mend: { type: 'string' as const, description: 'what to do about it' },
    items: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          code: { type: 'string' as const },
          message: { type: 'string' as const },
          mend: { type: 'string' as const },
        },
      },
    },
  },
};

/** A route as the framework validates and describes it. */
export function describeRoute(route: Route): FastifySchema {
  const stage = route.path.split('/')[1] ?? '';
  return {
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    response: route.answer ? { 200: route.answer } : { 204: z.undefined() },
    summary: route.summary,
    description: whoMay(route),
    tags: [stage],
  };
}

function whoMay(route: Route): string {
  const { policy } = route;
  if (isOpen(policy)) return `Open: ${policy.open}.`;
  if ('command' in policy)
    return `Runs \`${policy.command}\`. Needs a session and the header Idempotency-Key.`;
  return `Needs a session that may read \`${policy.read}\`.`;
}

interface Described {
  paths?: Record<string, Record<string, { responses?: Record<string, unknown> }>>;
}

/** Every operation of the description may answer with a problem. Changes `document` in place. */
export function describeProblems<D extends object>(document: D): D {
  const { paths = {} } = document as Described;
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    operation.responses = { ...operation.responses, default: { description: 'A problem', content } };
  }
  return document;
}

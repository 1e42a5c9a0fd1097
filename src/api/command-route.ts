import type { z } from 'zod';
import type { CommandType } from '#access/policy.ts';
import { done } from './commands.ts';
import { type Call, type Route, route } from './route.ts';
import { keepText } from './view.ts';

interface CommandInput {
  params?: z.ZodObject;
  body?: z.ZodObject;
}

/**
 * A command that is its path and its body, nothing else: the usual way in. A `reason` in the body is a person's own words and
 * is kept apart from the journal.
 */
export function commandRoute(
  command: CommandType,
  path: `/${string}`,
  summary: string,
  { params, body }: CommandInput = {},
): Route {
  return route({
    method: 'POST',
    path,
    policy: { command },
    summary,
    ...(params && { params }),
    ...(body && { body }),
    answer: done,
    handle: async (input, call) => call.run({ ...input.params, ...kept(call, input.body) }),
  });
}

function kept(call: Call, body: Record<string, unknown> = {}): Record<string, unknown> {
  const { reason } = body;
  return typeof reason === 'string' ? { ...body, reason: keepText(call, reason) } : body;
}

import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { TableTold } from '#ports/table-desk.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { type ImportsView, importsView } from '#views/imports.ts';
import { done, id } from './commands.ts';
import { ApiProblem, asRefused, missing, refused } from './problem.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf } from './view.ts';

/** Characters of a mapping in the address; a header has 500 columns at most, a kind far fewer fields. */
const MAX_MAPPING = 6_000;
const MAX_COLUMN = 500;
const columns = z.record(z.string().max(60), z.string().min(1).max(MAX_COLUMN));

/** Tables of other systems: read and checked, applied, and taken back. */
export const importRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/strategy/import',
    policy: { command: 'strategy.import-history' },
    summary:
      'Read a table (CSV, XLSX or pasted text of at most 64 MB, the body as it is): a dry run unless dryRun=false',
    query: z.strictObject({
      kind: z.string().min(1).max(40),
      dryRun: z.enum(['true', 'false']).default('true'),
      /** field word to header, JSON; left out = guessed, or as in the last file with this header */
      mapping: z.string().max(MAX_MAPPING).optional(),
      dateOrder: z.enum(['dmy', 'mdy']).optional(),
      decimal: z.enum(['comma', 'point']).optional(),
      sheet: z.string().min(1).max(100).optional(),
      zone: z.string().min(1).max(60).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    }),
    upload: 'application/octet-stream',
    answer: viewOf<TableTold>(),
    perMinute: 60,
    handle: async ({ query }, call) => {
      const told = await call.tables
        .bring(
          {
            commandId: call.commandId(),
            actor: call.actor,
            personId: call.personId,
            kind: query.kind,
            said: {
              mapping: query.mapping === undefined ? null : mappingOf(query.mapping),
              dateOrder: query.dateOrder ?? null,
              decimal: query.decimal === undefined ? null : query.decimal === 'comma' ? ',' : '.',
            },
            sheet: query.sheet ?? null,
            zone: query.zone ?? null,
            currency: query.currency ?? null,
            dryRun: query.dryRun === 'true',
          },
          call.request.body as Readable,
        )
        .catch((failure: unknown) => {
          throw asRefused(failure);
        });
      if (isRefusal(told)) throw refused(told);
      return told;
    },
  }),
  route({
    method: 'GET',
    path: '/strategy/imports',
    policy: { read: 'strategy' },
    summary: 'What was imported, what kinds of tables there are, and what is being read for you',
    answer: viewOf<ImportsView>(),
    handle: async (_input, call) => importsView(lookOf(call), call.tables.progress(call.personId)),
  }),
  route({
    method: 'GET',
    path: '/strategy/imports/problems',
    policy: { read: 'strategy' },
    summary: 'Every problem of the table that you sent last, cell by cell, as CSV',
    answer: z.string(),
    handle: async (_input, call) => {
      const sheet = call.tables.problemSheet(call.personId);
      if (sheet === null) throw missing('strategy', 'A sheet of problems');
      call.reply.header('content-type', 'text/csv; charset=utf-8');
      call.reply.header('content-disposition', 'attachment; filename="problems.csv"');
      return sheet;
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/imports/:importId/undo',
    policy: { command: 'strategy.undo-import' },
    summary: 'Take an import back within 30 days; its rows count no more and are removed',
    params: z.strictObject({ importId: id }),
    answer: done,
    handle: async ({ params }, call) => {
      const answer = await call.tables.undo(call.commandId(), call.actor, params.importId);
      if (isRefusal(answer)) throw refused(answer);
      return answer;
    },
  }),
];

function mappingOf(text: string): Record<string, string> {
  try {
    return columns.parse(JSON.parse(text));
  } catch {
    throw new ApiProblem(
      400,
      'E-TABLES-008',
      'The mapping is no JSON object of field to column.',
      'Write it as {"cost":"Total actual costs"}, or leave it out to have it guessed.',
    );
  }
}

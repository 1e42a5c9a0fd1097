// A mapping file: which column feeds which field, and how dates and numbers are written.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { nearest } from '#vocabulary/nearest.ts';
import { CommandFailure, EXIT, type ParsedArguments } from './command.ts';

const MAX_MAP_BYTES = 65_536;
const DECIMALS = { comma: ',', point: '.' } as const;

const MapFile = z.strictObject({
  columns: z.record(z.string(), z.string()).optional(),
  dates: z.enum(['dmy', 'mdy']).optional(),
  decimal: z
    .enum(['comma', 'point'])
    .transform((word) => DECIMALS[word])
    .optional(),
  sheet: z.string().min(1).optional(),
  zone: z.string().min(1).optional(),
  currency: z.string().min(1).optional(),
});

/** @throws CommandFailure E-IMPORT-007 there is no such file, E-IMPORT-008 it cannot be used */
export function readMapFile(path: string): z.output<typeof MapFile> {
  const read = MapFile.safeParse(parsed(path));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const guess = nearest(key, Object.keys(MapFile.shape));
    const mend = guess ? `Did you mean "${guess}"?` : `Known are: ${Object.keys(MapFile.shape).join(', ')}.`;
    throw wrong(`${path} has the unknown key "${key}".`, mend);
  }
  const where = issue?.path.join('.') || 'the file';
  throw wrong(
    `"${where}" of ${path} cannot be used: ${issue?.message}.`,
    'Write for example: columns: { start: Date, asset: Machine, cost: Total }, dates: dmy, decimal: comma.',
  );
}

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code;
    throw new CommandFailure(
      'E-IMPORT-007',
      `The mapping file ${path} cannot be read (${why}).`,
      'Check the path.',
      EXIT.notFound,
    );
  }
  if (text.length > MAX_MAP_BYTES)
    throw wrong(`${path} is too large for a mapping.`, 'Is it the table itself?');
  try {
    return parse(text) ?? {};
  } catch (error) {
    throw wrong(`${path} is neither YAML nor JSON: ${(error as Error).message}`, 'Mend the file.');
  }
}

/** What the options say about dates and numbers. @throws CommandFailure E-IMPORT-009 */
export function saidOnTheLine(args: ParsedArguments): {
  dateOrder: 'dmy' | 'mdy' | null;
  decimal: ',' | '.' | null;
} {
  const order = args.values['date-order'];
  const decimal = args.values['decimal'];
  if (order !== undefined && order !== 'dmy' && order !== 'mdy')
    throw unknown('date-order', order, 'dmy or mdy');
  if (decimal !== undefined && decimal !== 'comma' && decimal !== 'point') {
    throw unknown('decimal', decimal, 'comma or point');
  }
  return { dateOrder: order ?? null, decimal: decimal === undefined ? null : DECIMALS[decimal] };
}

function unknown(option: string, value: string, known: string): CommandFailure {
  return new CommandFailure(
    'E-IMPORT-009',
    `--${option} "${value}" is not known.`,
    `Give ${known}.`,
    EXIT.usage,
  );
}

function wrong(message: string, mend: string): CommandFailure {
  return new CommandFailure('E-IMPORT-008', message, mend, EXIT.usage);
}

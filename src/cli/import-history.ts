import { resolve } from 'node:path';
import { importHistory, removeHistory } from '#app/beside.ts';
import type { FileWish } from '#ports/door.ts';
import { PortFailure } from '#ports/failure.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import {
  type CliCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type ParsedArguments,
  type Terminal,
} from './command.ts';
import { dataDirOf, dataOption } from './data-folder.ts';

export const command: CliCommand = {
  name: 'import history',
  summary: 'a recorded file becomes history of a signal, for backtests in the server',
  options: [
    dataOption,
    { name: 'signal', value: 'ID', summary: 'signal that a monitor claims, for example north.P-1-vibration' },
    { name: 'csv', value: 'F', summary: 'recorded file: CSV with a header, or .parquet' },
    { name: 'time', value: 'COLUMN', summary: 'column that holds the time', default: 'timestamp' },
    { name: 'value', value: 'COLUMN', summary: 'column that holds the value', default: 'value' },
    { name: 'zone', value: 'Z', summary: 'IANA zone of times that carry none', default: 'UTC' },
    { name: 'date-order', value: 'ORDER', summary: 'dmy or mdy, where the dates cannot tell' },
    { name: 'unit', value: 'U', summary: 'unit of the values (the unit that the source sends)' },
    { name: 'remove', value: 'IMPORT', summary: 'undo an import instead; its rows are deleted' },
  ],
  examples: [
    'throughline import history --signal north.P-1-vibration --csv vibration.csv --time timestamp --value value',
    'throughline import history --remove 3f0c1b2a4d5e6f708192a3b4c5d6e7f8',
  ],
  run,
};

async function run(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const dataDir = dataDirOf(args);
  const { remove } = args.values;
  try {
    if (remove !== undefined) return await undo(dataDir, remove, args.json, terminal);
    const wish = wishOf(args);
    const imported = taken(await importHistory(dataDir, wish));
    const { ok: _ok, facts: _facts, seq: _seq, ...about } = imported;
    if (args.json) {
      terminal.data(JSON.stringify({ signalId: wish.signalId, ...about }));
      return EXIT.ok;
    }
    const span = `${shown(imported.fromMs)} to ${shown(imported.toMs)} UTC`;
    terminal.data(
      imported.already
        ? `The file stands already as import ${imported.importId}; nothing was added.`
        : `${imported.rows} readings of ${wish.signalId}, ${span}, as import ${imported.importId}`,
    );
    if (imported.refused > 0)
      terminal.say(`${imported.refused} rows were left out: their time cannot be read.`);
    if (imported.bad > 0) terminal.say(`${imported.bad} cells hold no number; they rest with quality bad.`);
    for (const note of imported.notes) terminal.say(note);
    return EXIT.ok;
  } catch (failure) {
    throw inWords(failure);
  }
}

async function undo(dataDir: string, importId: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { facts } = taken(await removeHistory(dataDir, importId));
  if (json) terminal.data(JSON.stringify({ importId, removed: facts > 0 }));
  else terminal.data(facts > 0 ? `Import ${importId} is undone.` : `Import ${importId} was undone before.`);
  return EXIT.ok;
}

function wishOf(args: ParsedArguments): FileWish {
  const { signal, csv, time = '', value = '', zone = '', unit } = args.values;
  if (signal === undefined || csv === undefined) {
    throw usage(
      'E-HISTORY-011',
      `${signal === undefined ? '--signal' : '--csv'} is missing.`,
      'Say which signal, and which file; --help has an example.',
    );
  }
  const order = args.values['date-order'];
  if (order !== undefined && order !== 'dmy' && order !== 'mdy') {
    throw usage('E-HISTORY-012', `--date-order "${order}" is not known.`, 'Give dmy or mdy.');
  }
  return {
    path: resolve(csv),
    signalId: signal,
    timeColumn: time,
    valueColumn: value,
    timeZone: zone,
    dateOrder: order ?? null,
    unit: unit ?? null,
  };
}

function taken<T>(answer: T | Refusal): T {
  if (!isRefusal(answer)) return answer;
  throw new CommandFailure(answer.code, answer.message, answer.mend, EXIT.refused);
}

/** Of the codes a file may be turned down with: what is missing, and what was asked wrongly. */
const EXIT_OF_CODE: Readonly<Record<string, ExitCode>> = {
  'E-CSV-001': EXIT.notFound,
  'E-PARQUET-001': EXIT.notFound,
  'E-JOURNAL-006': EXIT.notFound,
  'E-CSV-006': EXIT.usage,
  'E-PARQUET-003': EXIT.usage,
  'E-DOOR-001': EXIT.unreachable,
  'E-DOOR-004': EXIT.unreachable,
};

function inWords(failure: unknown): unknown {
  if (!(failure instanceof PortFailure)) return failure;
  const { code, message, mend } = failure;
  const refused = code.startsWith('E-ACQUIRE-') || code.startsWith('E-HISTORY-') || code === 'E-LOCK-001';
  return new CommandFailure(
    code,
    message,
    mend,
    EXIT_OF_CODE[code] ?? (refused ? EXIT.refused : EXIT.failed),
  );
}

function usage(code: string, message: string, mend: string): CommandFailure {
  return new CommandFailure(code, message, mend, EXIT.usage);
}

function shown(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

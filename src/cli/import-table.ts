// What every `throughline import <kind>` does: read, show, and apply.
import { writeFileSync } from 'node:fs';
import { type Bringing, bring } from '#app/tables/bring.ts';
import { problemSheet } from '#app/tables/problem-sheet.ts';
import type { Brought } from '#app/tables/read.ts';
import { GridFailure } from '#ports/grid.ts';
import { PortFailure } from '#ports/failure.ts';
import type { TableKind } from '#strategy/imports/kind.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import {
  type CliCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type ParsedArguments,
  type Terminal,
} from './command.ts';
import { dataDirOf, dataOption, holdsPlant } from './data-folder.ts';
import { readMapFile, saidOnTheLine } from './import-map.ts';
import { importReport } from './import-report.ts';

const DEFAULT_SITE = 'plant';

/** The command that brings one kind of table. */
export function importCommand(kind: TableKind, summary: string, example: string): CliCommand {
  return {
    name: `import ${kind.word}`,
    summary,
    positionals: [
      {
        name: 'FILE',
        summary: 'CSV, .xlsx, a list of SAP or Maximo; - reads what is pasted',
        required: true,
      },
    ],
    options: [
      dataOption,
      { name: 'map', value: 'FILE', summary: 'mapping file (YAML or JSON): columns, dates, decimal, sheet' },
      { name: 'dry-run', summary: 'show what would come of it and write nothing' },
      { name: 'errors', value: 'FILE', summary: 'write every problem, cell by cell, to this CSV' },
      { name: 'date-order', value: 'ORDER', summary: 'dmy or mdy, where the dates cannot tell' },
      { name: 'decimal', value: 'MARK', summary: 'comma or point, where the numbers cannot tell' },
      { name: 'sheet', value: 'NAME', summary: 'sheet of a workbook; the first with rows' },
      { name: 'zone', value: 'Z', summary: "IANA zone of the file's times; the plant's" },
      { name: 'currency', value: 'CODE', summary: "currency of the file's money; the plant's" },
      { name: 'site', value: 'NAME', summary: 'begins every id, when the folder holds no plant yet' },
    ],
    examples: [example, `${example} --dry-run --json`],
    run: (args, terminal) => run(kind, args, terminal),
  };
}

async function run(kind: TableKind, args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const dataDir = dataDirOf(args);
  const isNew = !holdsPlant(dataDir);
  const brought = await bringOrSay(askedOf(kind, dataDir, args, terminal));
  const { errors } = args.values;
  if (errors !== undefined) writeFileSync(errors, problemSheet(brought.reading));
  if (brought.importId !== null) {
    terminal.say(`${isNew ? 'new plant' : 'plant'} in ${dataDir}`);
    terminal.say(`undo within 30 days: throughline import undo ${brought.importId}`);
  } else if (args.switches.has('dry-run')) terminal.say('dry run: nothing was written');
  if (args.json) terminal.data(JSON.stringify(asJson(brought)));
  else for (const line of importReport(kind, brought)) terminal.data(line);
  return EXIT.ok;
}

function askedOf(kind: TableKind, dataDir: string, args: ParsedArguments, terminal: Terminal): Bringing {
  const map = args.values['map'] === undefined ? null : readMapFile(args.values['map']);
  const line = saidOnTheLine(args);
  return {
    dataDir,
    kind,
    path: args.positionals[0] as string,
    said: {
      mapping: map?.columns ?? null,
      dateOrder: line.dateOrder ?? map?.dates ?? null,
      decimal: line.decimal ?? map?.decimal ?? null,
    },
    sheet: args.values['sheet'] ?? map?.sheet ?? null,
    zone: args.values['zone'] ?? map?.zone ?? null,
    currency: args.values['currency'] ?? map?.currency ?? null,
    site: args.values['site'] ?? DEFAULT_SITE,
    dryRun: args.switches.has('dry-run'),
    nowMs: Date.now(),
    onProgress: (what, done, total) => terminal.progress(what, done, total),
  };
}

async function bringOrSay(asked: Bringing): Promise<Brought> {
  const brought = await bring(asked).catch((failure: unknown) => {
    throw inWords(failure);
  });
  if (isRefusal(brought)) throw refused(brought);
  return brought;
}

/** A refusal of the core as a command's end. */
export function refused({ code, message, mend }: Refusal): CommandFailure {
  return new CommandFailure(code, message, mend, EXIT.refused);
}

/** A port's failure as a command's: what is missing, what is held, what is wrong with a file. */
export function inWords(failure: unknown): unknown {
  if (!(failure instanceof PortFailure)) return failure;
  const { code, message, mend } = failure;
  if (failure instanceof GridFailure) {
    return new CommandFailure(
      code,
      message,
      mend,
      failure.reason === 'missing' ? EXIT.notFound : EXIT.failed,
    );
  }
  const exits: Record<string, ExitCode> = {
    'E-LOCK-001': EXIT.refused,
    'E-DOOR-001': EXIT.unreachable,
    'E-DOOR-004': EXIT.unreachable,
    'E-IMPORT-006': EXIT.usage,
  };
  return new CommandFailure(code, message, mend, exits[code] ?? EXIT.failed);
}

function asJson({ reading, importId, currency, timeZone }: Brought): object {
  const { rows, accepted, repeats, known, rejected, warnings, layout } = reading;
  const { mapping, dateOrder, decimal, guesses } = layout;
  const counts = { rows, accepted, repeats, known, rejected, warnings };
  return { ...counts, importId, mapping, dateOrder, decimal, timeZone, currency, guesses };
}

import { readPlant } from '#app/tables/known-plant.ts';
import type { KnownImport } from '#strategy/state.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { type CliCommand, CommandFailure, EXIT } from './command.ts';
import { dataDirOf, dataOption } from './data-folder.ts';

/** `throughline import list`: what was brought, and what was taken back. */
export const command: CliCommand = {
  name: 'import list',
  summary: 'Lists what was imported, with the span of its rows',
  options: [dataOption],
  examples: ['throughline import list', 'throughline import list --json'],
  async run(args, terminal) {
    const dataDir = dataDirOf(args);
    const plant = await readPlant(dataDir);
    if (plant === null) throw noPlant(dataDir);
    const imports = [...plant.strategy.imports.values()];
    if (args.json) terminal.data(JSON.stringify(imports.map(asJson)));
    else if (imports.length === 0) terminal.data('Nothing was imported yet.');
    else for (const one of imports) terminal.data(inWords(one));
    return EXIT.ok;
  },
};

export function noPlant(dataDir: string): CommandFailure {
  return new CommandFailure(
    'E-IMPORT-020',
    `${dataDir} holds no plant.`,
    'Name its data folder with --data, or import a file first.',
    EXIT.notFound,
  );
}

function asJson(one: KnownImport): object {
  const { importId, kind, counts, fromMs, toMs, currency, importedAtMs, undoneAtMs } = one;
  const [from, to, at, undone] = [fromMs, toMs, importedAtMs, undoneAtMs].map((ms) =>
    ms === null ? null : isoUtc(ms),
  );
  return { importId, kind, ...counts, from, to, currency, importedAt: at, undoneAt: undone };
}

function inWords(one: KnownImport): string {
  const span = one.fromMs === null || one.toMs === null ? '' : `, ${day(one.fromMs)} to ${day(one.toMs)}`;
  const state = one.undoneAtMs === null ? '' : `, undone ${day(one.undoneAtMs)}`;
  return `${one.importId}  ${one.kind}: ${one.counts.accepted} rows${span}, imported ${day(one.importedAtMs)}${state}`;
}

function day(ms: number): string {
  return isoUtc(ms).slice(0, 10);
}

import { undoImport } from '#app/tables/undo.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { type CliCommand, EXIT } from './command.ts';
import { dataDirOf, dataOption } from './data-folder.ts';
import { inWords, refused } from './import-table.ts';
import { noPlant } from './import-list.ts';

/** `throughline import undo`: takes an import back, rows and all. */
export const command: CliCommand = {
  name: 'import undo',
  summary: 'Takes an import back within 30 days; its rows count no more and are removed',
  positionals: [
    { name: 'IMPORT', summary: 'id of the import; throughline import list shows them', required: true },
  ],
  options: [dataOption],
  examples: ['throughline import undo plant.IM-3f0c5a9d1e22'],
  async run(args, terminal) {
    const importId = args.positionals[0] as string;
    const dataDir = dataDirOf(args);
    const undone = await undoImport(dataDir, importId).catch((failure: unknown) => {
      throw inWords(failure);
    });
    if (undone === null) throw noPlant(dataDir);
    if (isRefusal(undone)) throw refused(undone);
    if (args.json) terminal.data(JSON.stringify({ importId, rows: undone.rows }));
    else
      terminal.data(
        `${importId} is undone: ${undone.rows} rows count no more. Files read since then may hold them too.`,
      );
    return EXIT.ok;
  },
};

import { TableFailure, type TableRead } from '#ports/table.ts';
import { nearest } from '#vocabulary/nearest.ts';
import { CommandFailure, EXIT } from './command.ts';

/** Reads a table for a command: a missing file ends it with 3, a wrong column with 2 and the nearest known one, other faults with 1. */
export async function readTable(read: () => Promise<TableRead>): Promise<TableRead> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TableFailure)) throw error;
    const guess = error.column === null ? null : nearest(error.column, error.header);
    const mend = guess === null ? error.mend : `Did you mean "${guess}"? ${error.mend}`;
    const exitCode = { missing: EXIT.notFound, column: EXIT.usage, format: EXIT.failed }[error.reason];
    throw new CommandFailure(error.code, error.message, mend, exitCode);
  }
}

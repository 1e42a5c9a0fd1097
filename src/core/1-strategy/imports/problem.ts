/** What is wrong, or worth a look, with one cell; `row` is the line or row as a person sees it in the file. */
export interface CellProblem {
  row: number;
  /** header of the column, or what is missing */
  column: string;
  code: string;
  /** what and why, and what to do */
  message: string;
}

/** Texts of cells are cut to this in messages. */
const MAX_SHOWN = 60;

export function shown(text: string): string {
  return text.length > MAX_SHOWN ? `"${text.slice(0, MAX_SHOWN)}..."` : `"${text}"`;
}

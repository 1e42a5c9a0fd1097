import { upcastFact } from '#core/flow.ts';
import { type Line, refeed } from '#core/line.ts';
import { factsByInput, inputs, type Log, type RowSource } from './inputs.ts';

/**
 * Feeds a line what came after it, up to input `throughSeq`, with the facts that were recorded then: it judges again and
 * decides nothing anew. @throws SamplesExpired when rows of an input are no longer kept
 */
export async function refeedThrough(
  journal: Log,
  rows: RowSource,
  line: Line,
  throughSeq: number,
): Promise<void> {
  if (line.state.intakeSeq >= throughSeq) return;
  const groups = factsByInput(journal, line.state.facts + 1);
  let group = groups.next();
  for await (const input of inputs(journal, rows, line.state.intakeSeq + 1, throughSeq)) {
    const mine = !group.done && group.value.intakeSeq === input.seq ? group.value.facts : null;
    refeed(line, input, (mine ?? []).map(upcastFact));
    if (mine) group = groups.next();
  }
}

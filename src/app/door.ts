// What the command line may ask of a running plant: its clock, and commands in the name of the operator.
import type { Answer } from '#core/line.ts';
import type { DoorQuestion } from '#ports/door.ts';
import { PortFailure } from '#ports/failure.ts';
import { importInto, removeFrom } from './beside.ts';
import { askDoor, dataHolder } from './compose.ts';
import { readSettings } from './config.ts';
import type { Histories } from './histories.ts';
import { Site } from './site.ts';

/** @throws PortFailure E-DOOR-003 when the question is of another version */
export async function answerAtDoor(
  { site, histories }: { site: Pick<Site, 'run' | 'nowMs'>; histories: Histories },
  question: DoorQuestion,
): Promise<unknown> {
  if (question.kind === 'clock') return site.nowMs();
  if (question.kind === 'import-history') return importInto(histories, question.wish);
  if (question.kind === 'remove-history') return removeFrom(histories, question.importId);
  if (question.kind === 'command' && typeof question.command?.id === 'string') {
    const { id, type, data } = question.command;
    return site.run({ id, type, actor: 'system:operator', data });
  }
  throw new PortFailure(
    'E-DOOR-003',
    'The running plant does not know this question.',
    'Run the same version here and there.',
    false,
  );
}

/**
 * Runs a command on the plant of a data folder: through the door of the process that runs it, else by opening the
 * folder for the moment, under its lock.
 * @param site id of a site that is new; a known one keeps its own
 */
export async function runAtPlant(
  dataDir: string,
  site: string,
  command: { id: string; type: string; data: unknown },
): Promise<Answer> {
  if ((await dataHolder(dataDir)) !== null)
    return (await askDoor(dataDir, { kind: 'command', command })) as Answer;
  const headsPath = readSettings(dataDir, {}, process.env).heads ?? null;
  const opened = await Site.open({ dataDir, site, clock: { kind: 'machine' }, headsPath });
  try {
    return await opened.run({ ...command, actor: 'system:operator' });
  } finally {
    await opened.close();
  }
}

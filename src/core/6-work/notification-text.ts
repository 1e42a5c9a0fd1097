import type { AlertRaised } from '#alert/events.ts';
import type { MonitorDefinition, Signal } from '#monitor/events.ts';
import type { Asset, FailureMode } from '#strategy/events.ts';
import { kindOf } from '#vocabulary/conditions/all.ts';
import { conditionText } from '#vocabulary/conditions/say.ts';
import { type CaseId, shortId } from '#vocabulary/ids.ts';
import { isoUtc } from '#vocabulary/time.ts';
import type { FinishBy } from './events.ts';
import { finishByWords } from './finish-by.ts';
import type { Job } from './job.ts';

/** Widths of the CMMS fields the texts are pasted into. */
export const SHORT_TEXT_LENGTH = 40;
export const LONG_TEXT_LENGTH = 1333;

export interface TextSource {
  asset: Asset | null;
  mode: FailureMode;
  signal: Signal | null;
  definition: MonitorDefinition;
  alert: AlertRaised;
  job: Job;
  finishBy: FinishBy;
  caseId: CaseId;
}

/**
 * What the planner's list shows, `P-201 DE bearing envelope high, check`: asset, position, what, and what to do.
 * @returns one line of at most SHORT_TEXT_LENGTH characters; the position gives way first, then what is measured
 */
export function shortText({ mode, signal, definition, alert }: TextSource): string {
  const { condition } = definition;
  const asset = plain(shortId(alert.fault.assetId));
  const position = abbreviated(plain(mode.position));
  const measured = plain(signal?.name ?? mode.group);
  const end = `${kindOf(condition).short(condition)}, check`;
  const wishes = [[asset, position, measured], [asset, measured], [asset, position], [asset]];
  for (const wish of wishes) {
    const text = `${withoutRepeats(wish)} ${end}`;
    if (text.length <= SHORT_TEXT_LENGTH) return text;
  }
  return `${asset.slice(0, SHORT_TEXT_LENGTH - end.length - 1)} ${end}`;
}

/**
 * What whoever goes has to know: what, since when, value against limit, finish by, job, what speaks for and against it,
 * and the way to the case.
 * @returns at most LONG_TEXT_LENGTH characters; the way to the case is never cut
 */
export function longText(source: TextSource): string {
  const { asset, mode, definition, alert, job, finishBy, caseId } = source;
  const dates = [
    `Finish by ${finishByWords(finishBy)}.`,
    finishBy.tooLate ? 'Too late for planned work: the owner decides how to go on.' : null,
  ];
  const lines = [
    `${mode.name}: ${asset?.name ?? shortId(alert.fault.assetId)}, ${mode.position} (monitor ${definition.name}).`,
    valueLine(source),
    alert.uncertainOnly ? 'Only readings of uncertain quality say so.' : null,
    alert.lastInsideMs === null
      ? 'No reading inside the limit is known.'
      : `Last reading inside the limit ${minuteUtc(alert.lastInsideMs)}.`,
    ...dates,
    `First: ${job.firstAction} (${job.rung}, ${job.crewName}).`,
    `Job: ${job.name}, ${shortNumber(job.durationH)} h x ${job.people} ${job.craft}${job.needsStop ? ', needs a stop' : ''}.`,
    job.parts.length > 0
      ? `Parts: ${job.parts.map((part) => `${part.quantity} x ${part.number} ${part.name}`).join('; ')}.`
      : null,
    job.trueIf.length > 0 ? `True if: ${job.trueIf.join('; ')}.` : null,
    job.falseIf.length > 0 ? `False if: ${job.falseIf.join('; ')}.` : null,
  ];
  const way = `Case ${shortId(caseId)}: /work/case/${caseId}`;
  const body = lines
    .filter((line) => line !== null)
    .map(plain)
    .join('\n');
  return `${body.slice(0, LONG_TEXT_LENGTH - way.length - 1)}\n${way}`;
}

function valueLine({ signal, mode, definition, alert }: TextSource): string {
  const since = `since ${minuteUtc(alert.conditionSinceMs)}`;
  const { condition } = definition;
  const name = signal?.name ?? mode.group;
  const unit = signal?.unit ?? '';
  const kind = kindOf(condition);
  if (kind.silence === 'sets') return `${name}: no valid reading ${since}.`;
  const value = `${shortNumber(alert.value)} ${unit}`.trim();
  const edge = kind.edge(condition);
  const rule = edge
    ? `against the ${edge.direction} limit ${`${shortNumber(edge.value)} ${unit}`.trim()}`
    : `it ${conditionText(condition, unit)}`;
  return `${name}: ${value} ${rule}, ${since}, worst ${shortNumber(alert.extreme)}.`;
}

function minuteUtc(atMs: number): string {
  return `${isoUtc(atMs).slice(0, 16).replace('T', ' ')} UTC`;
}

/** Four significant digits are enough to act on. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** One line without control characters: names come from plan files. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function abbreviated(position: string): string {
  return position.replace(/\bnon[- ]drive[- ]end\b/i, 'NDE').replace(/\bdrive[- ]end\b/i, 'DE');
}

function withoutRepeats(parts: string[]): string {
  const words: string[] = [];
  for (const word of abbreviated(parts.join(' ')).split(/\s+/)) {
    const said = words.some((before) => before.toLowerCase() === word.toLowerCase());
    if (word !== '' && !said) words.push(word);
  }
  return words.join(' ');
}

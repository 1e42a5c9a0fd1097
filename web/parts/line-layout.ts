import type { LineGroup, PictureStop } from './line-shapes.ts';

/** Geometry of the picture in its own units; the width is that of a main part at 1440. */
export const PICTURE_WIDTH = 1164;
export const FIRST_ROW_Y = 106;
export const ROW_HEIGHT = 44;
export const GROUP_GAP = 22;
export const ROOT_X = 196;
export const TRUNK_X = 208;
export const MONEY_X = { avoided: 1080, saved: 1164 } as const;
export const ARROW_X = 1004;

export const STOP_X: Record<PictureStop, number> = {
  asset: 224,
  mode: 392,
  monitor: 530,
  alerts: 608,
  notifications: 682,
  orders: 770,
  findings: 850,
};

/** Room for words before the stop that follows them; what is longer is cut. */
export const WORDS_WIDTH = {
  objective: ROOT_X - 12,
  asset: STOP_X.mode - STOP_X.asset - 18,
  mode: STOP_X.monitor - STOP_X.mode - 20,
} as const;

/** The least a group needs for its four lines of text. */
const GROUP_TEXT_HEIGHT = 60;

/** Labels of breaks on counted threads stand in one column behind the findings. */
const LABEL_COLUMN_X = 906;
/** Width of a letter of a label and of its padding, as wide as the widest system face draws them. */
const LABEL_LETTER = 6.8;
const LABEL_PADDING = 18;
/** What a sum takes to the left of its column's end, with air before it. */
const SUM_WIDTH = 64;

/**
 * Where the label of a break stands: behind the findings where it ends before the money, else under the
 * wire, right of the gap.
 * @param gapEndX where the strokes of the gap end
 */
export function labelPlace(words: string, gapEndX: number, after: PictureStop, counted: boolean) {
  if (!counted) return { x: gapEndX + 8, under: false };
  const x = after === 'findings' ? gapEndX + 16 : LABEL_COLUMN_X;
  const endX = x + words.length * LABEL_LETTER + LABEL_PADDING;
  return endX <= MONEY_X.avoided - SUM_WIDTH ? { x, under: false } : { x: gapEndX, under: true };
}

export interface PlacedGroup {
  group: LineGroup;
  y: number;
  rows: number[];
}

export interface Layout {
  height: number;
  groups: PlacedGroup[];
}

/** Gives each group and thread its height on the picture. */
export function layOut(groups: readonly LineGroup[]): Layout {
  let y = FIRST_ROW_Y;
  const placed: PlacedGroup[] = [];
  for (const group of groups) {
    const rows = group.threads.map((_, place) => y + place * ROW_HEIGHT);
    placed.push({ group, y, rows });
    y += Math.max(group.threads.length * ROW_HEIGHT, GROUP_TEXT_HEIGHT) + GROUP_GAP;
  }
  return { height: Math.max(y - GROUP_GAP - 8, FIRST_ROW_Y), groups: placed };
}

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
  mode: 380,
  monitor: 508,
  alerts: 592,
  notifications: 670,
  orders: 764,
  findings: 850,
};

/** The least a group needs for its three lines of text. */
const GROUP_TEXT_HEIGHT = 44;

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

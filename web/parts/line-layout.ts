import { type LineGroup, PICTURE_STOPS, type PictureStop } from './line-shapes.ts';

export const FIRST_ROW_Y = 114;
export const ROW_HEIGHT = 44;
export const GROUP_GAP = 22;

/** Where things stand across the picture, in pixels of the screen: words keep their size at every width. */
export interface Geometry {
  width: number;
  rootX: number;
  trunkX: number;
  stopX: Record<PictureStop, number>;
  /** where the two strokes of a break begin after each stop, so that they miss its words */
  breakAfter: Record<PictureStop, number>;
  arrowX: number;
  moneyX: { avoided: number; saved: number };
  /** room for words before the stop that follows them; what is longer is cut */
  wordsWidth: { objective: number; asset: number; mode: number };
}

/** Steps from one place to the next, as narrow as a small window needs and as wide as a main part at 1440 gives. */
const STEPS: Record<
  | 'root'
  | 'asset'
  | 'mode'
  | 'monitor'
  | 'alerts'
  | 'notifications'
  | 'orders'
  | 'findings'
  | 'arrow'
  | 'avoided'
  | 'saved',
  { narrow: number; wide: number }
> = {
  root: { narrow: 136, wide: 196 },
  asset: { narrow: 24, wide: 28 },
  mode: { narrow: 108, wide: 168 },
  monitor: { narrow: 94, wide: 138 },
  alerts: { narrow: 62, wide: 78 },
  notifications: { narrow: 54, wide: 74 },
  orders: { narrow: 86, wide: 88 },
  findings: { narrow: 58, wide: 80 },
  arrow: { narrow: 84, wide: 154 },
  avoided: { narrow: 80, wide: 76 },
  saved: { narrow: 80, wide: 84 },
};
const sumOf = (pick: 'narrow' | 'wide'): number =>
  Object.values(STEPS).reduce((total, step) => total + step[pick], 0);
const NARROW_WIDTH = sumOf('narrow');
export const WIDE_WIDTH = sumOf('wide');
/** Beyond the wide picture its words take what is left. */
const SHARE_OF_REST: Partial<Record<keyof typeof STEPS, number>> = { root: 0.3, mode: 0.4, monitor: 0.3 };

/** @param available width of the box in pixels; under the narrowest picture the box scrolls */
export function geometryOf(available: number): Geometry {
  const width = Math.max(NARROW_WIDTH, Math.floor(available));
  const share = Math.min(1, (width - NARROW_WIDTH) / (WIDE_WIDTH - NARROW_WIDTH));
  const rest = Math.max(0, width - WIDE_WIDTH);
  const step = (word: keyof typeof STEPS): number => {
    const { narrow, wide } = STEPS[word];
    return narrow + (wide - narrow) * share + rest * (SHARE_OF_REST[word] ?? 0);
  };
  const rootX = step('root');
  const stopX = { asset: rootX + step('asset') } as Record<PictureStop, number>;
  PICTURE_STOPS.slice(1).forEach((stop, place) => {
    stopX[stop] = stopX[PICTURE_STOPS[place] as PictureStop] + step(stop);
  });
  const arrowX = stopX.findings + step('arrow');
  return {
    width,
    rootX,
    trunkX: rootX + 12,
    stopX,
    breakAfter: {
      asset: step('mode') - 36,
      mode: step('monitor') - 14,
      monitor: Math.min(50, step('alerts') - 18),
      alerts: Math.min(40, step('notifications') - 20),
      notifications: 50,
      orders: Math.min(51, step('findings') - 20),
      findings: 44,
    },
    arrowX,
    moneyX: { avoided: width - step('saved'), saved: width },
    wordsWidth: {
      objective: rootX - 12,
      asset: step('mode') - 18,
      mode: step('monitor') - 20,
    },
  };
}

/** The least a group needs for its five lines of text. */
const GROUP_TEXT_HEIGHT = 72;

/** Labels of breaks on counted threads stand in one column this far behind the findings. */
const LABEL_AFTER_FINDINGS = 56;
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
export function labelPlace(
  geometry: Geometry,
  words: string,
  gapEndX: number,
  after: PictureStop,
  counted: boolean,
) {
  if (!counted) return { x: gapEndX + 8, under: false };
  const x = after === 'findings' ? gapEndX + 16 : geometry.stopX.findings + LABEL_AFTER_FINDINGS;
  const endX = x + words.length * LABEL_LETTER + LABEL_PADDING;
  return endX <= geometry.moneyX.avoided - SUM_WIDTH ? { x, under: false } : { x: gapEndX, under: true };
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

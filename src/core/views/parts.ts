import { DAY_MS, dayStartMs, isoUtc } from '#vocabulary/time.ts';

/** What of a part counts here. */
interface NeededPart {
  name: string;
  quantity: number;
  leadTimeMs: number;
}

/**
 * A day that comes before the parts of the work, said in a sentence; the days in it are ISO days.
 * @param orderedMs when the parts are or were ordered
 * @param dayMs start of the planned UTC day; null = no day
 * @returns null when every part is there in time
 */
export function partsWarning(
  parts: readonly NeededPart[],
  orderedMs: number,
  dayMs: number | null,
): string | null {
  if (dayMs === null) return null;
  const late = parts
    .filter((part) => part.leadTimeMs > 0 && hereDayMs(orderedMs, part) > dayMs)
    .sort((a, b) => b.leadTimeMs - a.leadTimeMs);
  const [last] = late;
  if (!last) return null;
  const others = late.length === 1 ? '' : ` and ${late.length - 1} more`;
  return `${last.name}${others} cannot be here before ${word(hereDayMs(orderedMs, last))}, and the work is planned for ${word(dayMs)}.`;
}

/** The first whole day with the part in the house. */
function hereDayMs(orderedMs: number, { leadTimeMs }: NeededPart): number {
  const hereMs = orderedMs + leadTimeMs;
  const day = dayStartMs(hereMs);
  return day < hereMs ? day + DAY_MS : day;
}

function word(dayMs: number): string {
  return isoUtc(dayMs).slice(0, 10);
}

/** A true minus sign: as wide as the digits, so columns stay aligned. */
export const MINUS = '\u2212';

const CACHE = new Map<number | 'free', Intl.NumberFormat>();

function formatter(decimals: number | 'free'): Intl.NumberFormat {
  let found = CACHE.get(decimals);
  if (!found) {
    found = new Intl.NumberFormat(
      'en-GB',
      decimals === 'free'
        ? { maximumSignificantDigits: 4 }
        : { minimumFractionDigits: decimals, maximumFractionDigits: decimals },
    );
    CACHE.set(decimals, found);
  }
  return found;
}

/** @returns `1,234.5` with a true minus; without `decimals` at most four significant digits. */
export function number(value: number, decimals: number | 'free' = 'free'): string {
  if (!Number.isFinite(value)) return 'no number';
  return formatter(decimals).format(value).replace('-', MINUS);
}

/** @param share 0 to 1 @returns `63 %` */
export function percent(share: number, decimals = 0): string {
  return `${number(share * 100, decimals)} %`;
}

/** @returns `412`, `18.4 k`, `1.9 M`: counts that need no last digit. */
export function count(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${number(value / 1e6, 1)} M`;
  if (size >= 1e5) return `${number(value / 1e3, 0)} k`;
  return number(value, 0);
}

/** @returns `1 case`, `3 cases`; the plural is given because English has many. */
export function counted(value: number, one: string, many: string): string {
  return `${number(value, 0)} ${value === 1 ? one : many}`;
}

import { MINUS } from './number.ts';

const CACHE = new Map<string, Intl.NumberFormat>();

function formatter(currency: string, cents: boolean): Intl.NumberFormat {
  const key = `${currency}${cents}`;
  let found = CACHE.get(key);
  if (!found) {
    const digits = cents ? 2 : 0;
    found = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    CACHE.set(key, found);
  }
  return found;
}

export interface MoneyStyle {
  /** ISO 4217, the plant's one currency. */
  currency: string;
  /** Writes + before a gain, as a ledger does. */
  signed?: boolean;
  /** Shows two decimals; without it whole units, which is what people decide on. */
  cents?: boolean;
}

/**
 * @param minor integer minor units (cents)
 * @returns `€34,400`, a loss `−€2,900`, signed `+€9,600`
 */
export function money(minor: number, style: MoneyStyle): string {
  const body = formatter(style.currency, style.cents ?? false).format(Math.abs(minor) / 100);
  if (minor < 0) return `${MINUS}${body}`;
  return style.signed && minor > 0 ? `+${body}` : body;
}

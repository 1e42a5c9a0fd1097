import type { AssetView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';

/** How many assets are offered under the field while somebody types. */
export const MOST_OFFERED = 8;

/** The number on a label as letters and digits only: labels differ in hyphens, spaces and case, people too. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** A label may carry the address of the asset's page; its last part is the number. */
function numberIn(label: string): string {
  const text = label.trim();
  const last = text.includes('/') ? (text.split(/[?#]/)[0] ?? '').split('/').findLast(Boolean) : text;
  return bare(last ?? '');
}

/** @returns the one asset whose number, with or without its site, is on the label; null for none or several */
export function assetOnLabel(assets: readonly AssetView[], label: string): AssetView | null {
  const number = numberIn(label);
  if (number === '') return null;
  const found = assets.filter(
    (asset) => bare(asset.assetId) === number || bare(shortId(asset.assetId)) === number,
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** @returns assets whose number or name holds what was typed, at most MOST_OFFERED */
export function assetsLike(assets: readonly AssetView[], label: string): AssetView[] {
  const number = numberIn(label);
  if (number === '') return [];
  return assets
    .filter((asset) => bare(asset.assetId).includes(number) || bare(asset.name).includes(number))
    .slice(0, MOST_OFFERED);
}

import type { AssetView } from '../../../src/api/contract.ts';

export interface TreeRow extends AssetView {
  /** 0 at the top */
  depth: number;
}

/** Assets with their parts right below them; what names an unknown parent stands at the top. */
export function asTree(assets: readonly AssetView[]): TreeRow[] {
  const children = new Map<string | null, AssetView[]>();
  const known = new Set(assets.map((asset) => asset.assetId));
  for (const asset of assets) {
    const parent = asset.parentId !== null && known.has(asset.parentId) ? asset.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), asset]);
  }
  const rows: TreeRow[] = [];
  const add = (parent: string | null, depth: number): void => {
    for (const asset of children.get(parent) ?? []) {
      rows.push({ ...asset, depth });
      add(asset.assetId, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}

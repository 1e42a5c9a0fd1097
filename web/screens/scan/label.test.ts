import { describe, expect, it } from 'vitest';
import type { AssetView } from '../../../src/api/contract.ts';
import { assetOnLabel, assetsLike, MOST_OFFERED } from './label.ts';

const asset = (assetId: string, name: string): AssetView => ({
  assetId,
  name,
  parentId: null,
  equipmentClass: 'pump',
  criticality: null,
  scores: null,
  reviewDueMs: null,
  stopHourMinor: null,
  failureModes: [],
});
const ASSETS = [asset('north.P-201', 'Product pump'), asset('north.P-202', 'CIP pump')];

describe('the number on a label', () => {
  it('finds its asset however it is written', () => {
    const labels = [
      'P-201',
      ' p 201 ',
      'north.P-201',
      'https://plant.example/strategy/asset/north.P-201?x=1',
    ];
    for (const label of labels) expect(assetOnLabel(ASSETS, label)?.assetId).toBe('north.P-201');
  });

  it('finds nothing where it is unknown, empty or stands for two', () => {
    for (const label of ['P-20', '', '  ', '--', 'https://']) expect(assetOnLabel(ASSETS, label)).toBeNull();
    expect(assetOnLabel([...ASSETS, asset('south.P-201', 'Pump')], 'P-201')).toBeNull();
  });

  it('offers what is like it by number or name, and not more than fits', () => {
    expect(assetsLike(ASSETS, 'P-20')).toHaveLength(2);
    expect(assetsLike(ASSETS, 'cip').map((one) => one.assetId)).toEqual(['north.P-202']);
    expect(assetsLike(ASSETS, '')).toEqual([]);
    const many = Array.from({ length: 30 }, (_, place) => asset(`north.V-${place}`, 'Valve'));
    expect(assetsLike(many, 'valve')).toHaveLength(MOST_OFFERED);
  });
});

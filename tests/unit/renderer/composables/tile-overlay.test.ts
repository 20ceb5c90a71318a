import { describe, expect, it } from 'vitest';
import { overlayUrl, tileOverlays } from '../../../../renderer/composables/tile-overlay.js';

const image = { id: 'a/1', hasTruth: true };
const plain = { masks: undefined, masked: true };

describe('the picture over a tile', () => {
  it('is the mask that the grid is narrowed to, else the truth', () => {
    expect(overlayUrl('p', image, { masks: 'fused', masked: true }, 'automatic')).toContain('/masks/fused');
    expect(overlayUrl('p', image, { masks: 'fused', masked: false }, 'automatic')).toContain('/truth');
    expect(overlayUrl('p', image, plain, 'automatic')).toContain('/truth');
    expect(overlayUrl('p', { ...image, hasTruth: false }, plain, 'automatic')).toBeNull();
  });
  it('is what was chosen, whatever the filter', () => {
    const narrowed = { masks: 'fused', masked: true };
    expect(overlayUrl('p', image, narrowed, 'predictions/round-1')).toContain('/predictions/round-1');
    expect(overlayUrl('p', image, narrowed, 'masks/other')).toContain('/masks/other');
    expect(overlayUrl('p', image, narrowed, 'truth')).toContain('/truth');
    expect(overlayUrl('p', image, narrowed, 'nothing')).toBeNull();
  });
  it('can be any set of label maps', () => {
    const sets = [{ kind: 'maps', name: 'm' }, { kind: 'masks', name: 'x' }, { kind: 'predictions', name: 'x' }] as const;
    expect(tileOverlays(sets)).toEqual(['automatic', 'truth', 'masks/x', 'predictions/x', 'nothing']);
  });
}); // prettier-ignore

import { describe, expect, it } from 'vitest';
import { originsOf } from '../../../shared/lineage.js';
import type { ArtifactRef } from '../../../shared/project.js';

const known: Record<string, ArtifactRef[]> = {
  'predictions second': [{ kind: 'run', name: 'deeplab' }],
  'run deeplab': [{ kind: 'masks', name: 'fused' }],
  'masks fused': [
    { kind: 'maps', name: 'multi' },
    { kind: 'saliency', name: 'u2' },
  ],
  'maps multi': [{ kind: 'run', name: 'classifier' }],
};
const parentsOf = ({ kind, name }: ArtifactRef): ArtifactRef[] => known[`${kind} ${name}`] ?? [];

describe('what a set was made from', () => {
  it('is found through the segmenter of predictions, the nearest of a kind first', () => {
    expect(originsOf({ kind: 'predictions', name: 'second' }, parentsOf)).toEqual({
      predictions: 'second',
      run: 'deeplab',
      masks: 'fused',
      maps: 'multi',
      saliency: 'u2',
    });
  });

  it('is the set itself where nothing is known of it', () => {
    expect(originsOf({ kind: 'masks', name: 'imported' }, parentsOf)).toEqual({ masks: 'imported' });
  });

  it('ends in a loop', () => {
    const loop = (): ArtifactRef[] => [
      { kind: 'masks', name: 'a' },
      { kind: 'masks', name: 'b' },
    ];
    expect(originsOf({ kind: 'masks', name: 'a' }, loop)).toEqual({ masks: 'a' });
  });
});

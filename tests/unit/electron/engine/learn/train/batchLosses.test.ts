import { describe, expect, it } from 'vitest';
import type { Domain } from '../../../../../../shared/types.js';
import {
  pairsByKind,
  selfPairsByKind,
  unsharedSides,
} from '../../../../../../electron/engine/learn/train/batchLosses.js';
import type { PreparedBatch } from '../../../../../../electron/engine/learn/train/prepared.js';

const member = (domain: Domain, classes: number[] = [0]): PreparedBatch['first'][number] => ({
  image: { id: domain, classes, domain },
  photo: { width: 1, height: 1, data: new Uint8Array(3) },
});

describe('pairs of a batch by kind', () => {
  it('groups them by their domains, the target first in mixed pairs', () => {
    const first = ['target', 'single-label', 'target', 'single-label', 'web'] as const;
    const second = ['target', 'target', 'single-label', 'single-label', 'single-label'] as const;
    const pairs = pairsByKind({
      first: first.map((domain) => member(domain)),
      second: second.map((domain) => member(domain)),
      views: [],
    });
    expect(Object.fromEntries(pairs)).toEqual({
      target: [[0, 5]],
      // Pair 1 has the single-label image as its first: it is turned round.
      mixed: [
        [6, 1],
        [2, 7],
        [4, 9],
      ],
      single: [[3, 8]],
    });
  });

  it('has no group for a kind that is not there', () => {
    expect([...pairsByKind({ first: [member('target')], second: [member('web')], views: [] }).keys()]).toEqual([
      'target',
    ]);
  });
});

describe('self pairs of a batch by kind', () => {
  it('give each image the matrix of its own domain', () => {
    const first = ['single-label', 'target', 'web', 'single-label'] as const;
    expect(Object.fromEntries(selfPairsByKind({ first: first.map((domain) => member(domain)) }))).toEqual({
      single: [0, 3],
      target: [1, 2],
    });
  });
});

describe('unshared labels of a batch', () => {
  it('are asked of each side, in the order in which the pair takes its matrix', () => {
    const first = [member('target'), member('target', [0, 1]), member('single-label', [2])];
    const second = [member('target'), member('target'), member('target', [2, 0])];
    expect(Object.fromEntries(unsharedSides({ first, second, views: [] }))).toEqual({
      target: [true, false],
      mixed: [true, false],
    });
  });
});

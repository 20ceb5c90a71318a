import { describe, expect, it } from 'vitest';
import { backbones } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { backboneOf } from '../../../../../../electron/engine/learn/weights/mappings/index.js';
import { backboneAlone, pytorchNames } from '../../../../../../electron/engine/learn/weights/pytorchNames.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

/** A few weights of a net with small numbers of channels, each number its own. */
function small(names: Record<string, number[]>): NamedArrays {
  let next = 0;
  return new Map(
    Object.entries(names).map(([name, shape]) => {
      const length = shape.reduce((product, n) => product * n, 1);
      return [name, { shape, data: Float32Array.from({ length }, () => next++) }];
    }),
  );
}

describe('the names of PyTorch', () => {
  it.each([
    ['vgg16', { 'backbone.features.0.weight': [3, 3, 3, 4], 'backbone.features.0.bias': [4] }],
    ['resnet101', { 'backbone.layer1.0.conv1.weight': [1, 1, 2, 3], 'backbone.layer1.0.bn1.gamma': [3], 'backbone.layer1.0.bn1.moving_variance': [3] }], // prettier-ignore
  ])('of the backbone alone are read back as they were: %s', (_name, shapes) => {
    const weights = small(shapes);
    expect(backboneOf(backboneAlone(pytorchNames(weights)))).toEqual(weights);
  });

  it('lay out kernels, depthwise kernels and matrices as PyTorch does', () => {
    const named = pytorchNames(
      small({
        'fc6.weight': [3, 3, 2, 5],
        'backbone.conv_dw_1.depthwise_kernel': [3, 3, 4, 1],
        'backbone.conv1.kernel': [3, 3, 3, 4],
        'affinity.target.weight': [2, 3],
        'affinity.temperature': [],
      }),
    );
    expect([...named].map(([name, { shape }]) => [name, shape])).toEqual([
      ['fc6.weight', [5, 2, 3, 3]],
      ['backbone.conv_dw_1.weight', [4, 1, 3, 3]],
      ['backbone.conv1.weight', [4, 3, 3, 3]],
      ['affinity.target.weight', [3, 2]],
      ['affinity.temperature', []],
    ]);
    // Tap 0, channel 1 of the depthwise kernel is number 1 of its own.
    expect(named.get('backbone.conv_dw_1.weight')!.data[9]).toBe(91);
  });

  it.each(['vgg16', 'resnet50', 'mobilenet'] as const)('are none twice: %s', (name) => {
    const specs = [...backbones[name].parameters(0)];
    const weights: NamedArrays = new Map(specs.map(([key, { shape }]) => [key, { shape: shape.map(() => 1), data: new Float32Array(1) }])); // prettier-ignore
    expect(pytorchNames(weights).size).toBe(specs.length);
  });
});

import { describe, expect, it } from 'vitest';
import { backbones } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { convertibleBackbones, weightsForBackbone } from '../../../../../../electron/engine/learn/weights/convert.js';
import { permute, sizeOf, type NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

const filled = (shape: number[]): { shape: number[]; data: Float32Array } => ({
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => i % 7),
});

/** A whole VGG-16 as torchvision names it, with a dense layer. */
const torchvision: NamedArrays = new Map([
  ...[...backbones.vgg16.parameters(0)].map(([name, { shape }]): [string, ReturnType<typeof filled>] => [
    name,
    shape.length === 4 ? permute(filled(shape), [3, 2, 0, 1]) : filled(shape),
  ]),
  ['classifier.0.weight', filled([2, 2])],
]);

describe('weightsForBackbone', () => {
  it('offers the backbones that start from weights', () => {
    expect(convertibleBackbones).toEqual(['vgg16', 'resnet50', 'resnet101', 'mobilenet']);
  });

  it('gives all of the backbone under our names and in our layouts, and nothing else', () => {
    const weights = weightsForBackbone(torchvision, 'vgg16');
    expect([...weights.keys()]).toEqual([...backbones.vgg16.parameters(0).keys()].map((name) => `backbone.${name}`));
    expect(weights.get('backbone.features.0.weight')).toEqual(filled([3, 3, 3, 64]));
  });

  it('takes the backbone of a checkpoint of ours', () => {
    const ours = new Map([...weightsForBackbone(torchvision, 'vgg16'), ['extra.0.bias', filled([512])]] as const);
    expect(weightsForBackbone(ours, 'vgg16').size).toBe(26);
  });

  it('lists what does not fit', () => {
    expect(() => weightsForBackbone(torchvision, 'mobilenet', 'w.pth')).toThrow(
      expect.objectContaining({
        code: 'weights-mismatch',
        file: 'w.pth',
        message: expect.stringMatching(/missing: backbone\.conv1\.kernel.*and 127 more; extra: backbone\.features/),
      }),
    );
  });
});

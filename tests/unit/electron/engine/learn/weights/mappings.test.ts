import { describe, expect, it } from 'vitest';
import {
  backboneOf,
  toOurNames,
  weightMappings,
} from '../../../../../../electron/engine/learn/weights/mappings/index.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

const counted = (shapes: Record<string, number[]>): NamedArrays =>
  new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const length = shape.reduce((a, b) => a * b, 1);
      return [name, { shape, data: Float32Array.from({ length }, (_, i) => i) }];
    }),
  );
const shapesOf = (weights: NamedArrays): Record<string, number[]> =>
  Object.fromEntries([...weights].map(([name, { shape }]) => [name, shape]));

const vgg = { 'features.0.weight': [4, 3, 2, 1], 'features.0.bias': [4], 'classifier.0.weight': [5, 4] };
const mobilenet = {
  'conv1/kernel': [3, 3, 3, 8],
  'conv1_bn/gamma': [8],
  'conv_dw_1/depthwise_kernel': [3, 3, 8, 1],
  'conv_preds/kernel': [1, 1, 8, 10],
};
const reference = {
  'vgg.features.0.weight': [4, 3, 2, 1],
  'vgg.features.0.bias': [4],
  'vgg.extra_convs.2.weight': [6, 4, 3, 3],
  'vgg.extra_last_conv.weight': [20, 6, 1, 1],
  'vgg.extra_last_conv.bias': [20],
  'extra_linear_e.weight': [2, 2],
  'extra_gate.weight': [20, 6, 1, 1],
  'extra_gate_merge.weight': [1, 6, 1, 1],
};

describe('naming of weights', () => {
  it('knows each naming, and only that', () => {
    const recognised = [reference, vgg, mobilenet, { 'backbone.features.0.weight': [1] }].map((shapes) =>
      weightMappings.map(({ recognises }) => recognises(counted(shapes))),
    );
    expect(recognised).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, false, false],
    ]);
  });

  it("takes torchvision's VGG without its classifier", () => {
    expect(shapesOf(toOurNames(counted(vgg)))).toEqual({
      'backbone.features.0.weight': [2, 1, 3, 4],
      'backbone.features.0.bias': [4],
    });
  });

  it("takes Keras' MobileNet without its classifier", () => {
    expect(shapesOf(toOurNames(counted(mobilenet)))).toEqual({
      'backbone.conv1.kernel': [3, 3, 3, 8],
      'backbone.conv1_bn.gamma': [8],
      'backbone.conv_dw_1.depthwise_kernel': [3, 3, 8, 1],
    });
  });

  it.each(['', 'module.'])('takes a reference checkpoint with the prefix "%s"', (prefix) => {
    const given = counted(Object.fromEntries(Object.entries(reference).map(([name, shape]) => [prefix + name, shape])));
    const ours = toOurNames(given);
    expect(shapesOf(ours)).toEqual({
      'backbone.features.0.weight': [2, 1, 3, 4],
      'backbone.features.0.bias': [4],
      'extra.2.weight': [3, 3, 4, 6],
      'classifier.weight': [1, 1, 6, 20],
      'classifier.bias': [20],
      'affinity.target.weight': [2, 2],
      'coClassifier.weight': [1, 1, 6, 20],
      'gate.weight': [1, 1, 6, 1],
    });
    expect([...ours.get('affinity.target.weight')!.data]).toEqual([0, 2, 1, 3]);
  });

  it('keeps names that it does not know, for the fit to list', () => {
    expect(shapesOf(toOurNames(counted({ ...reference, 'vgg.other.weight': [2] })))['vgg.other.weight']).toEqual([2]);
  });

  it('finds the backbone in weights of any naming', () => {
    const names = (shapes: Record<string, number[]>): string[] => [...backboneOf(counted(shapes)).keys()];
    expect(names(reference)).toEqual(['backbone.features.0.weight', 'backbone.features.0.bias']);
    expect(names({ 'backbone.a': [1], 'extra.0.weight': [1], 'momentum.backbone.a': [1] })).toEqual(['backbone.a']);
    expect(names({ unknown: [1] })).toEqual(['unknown']);
  });
});

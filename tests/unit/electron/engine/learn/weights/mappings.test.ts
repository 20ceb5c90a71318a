import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import {
  backboneOf,
  toOurNames,
  weightMappings,
} from '../../../../../../electron/engine/learn/weights/mappings/index.js';
import { normalise } from '../../../../../../electron/engine/images/normalise.js';
import { foldCaffeColours } from '../../../../../../electron/engine/learn/weights/mappings/kerasVgg.js';
import type { NamedArray, NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

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
const kerasVgg = {
  'block1_conv1/kernel': [3, 3, 3, 4],
  'block1_conv1/bias': [4],
  'block3_conv2/block3_conv2_W_1': [3, 3, 2, 2],
  'block5_conv3/block5_conv3_b_1': [2],
  'fc1/kernel': [4, 4],
};
const mobilenet = {
  'conv1/kernel': [3, 3, 3, 8],
  'conv1_bn/gamma': [8],
  'conv_dw_1/depthwise_kernel': [3, 3, 8, 1],
  'conv_preds/kernel': [1, 1, 8, 10],
};
const resnet = {
  'conv1.weight': [64, 3, 7, 5],
  'bn1.running_var': [64],
  'layer1.0.conv1.weight': [4, 3, 2, 1],
  'layer1.0.bn1.weight': [4],
  'layer1.0.bn1.num_batches_tracked': [],
  'layer1.0.downsample.0.weight': [4, 3, 2, 1],
  'layer1.0.downsample.1.bias': [4],
  'fc.weight': [10, 4],
};
const irn = {
  ...Object.fromEntries(Object.entries(resnet).map(([name, shape]) => [`resnet50.${name}`, shape])),
  'stage1.0.weight': [64, 3, 7, 5],
  'classifier.weight': [20, 2048, 1, 1],
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
    const recognised = [reference, vgg, resnet, irn, kerasVgg, mobilenet, { 'backbone.features.0.weight': [1] }].map(
      (shapes) => weightMappings.map(({ recognises }) => recognises(counted(shapes))),
    );
    expect(recognised).toEqual([
      [true, false, false, false, false, false],
      [false, true, false, false, false, false],
      [false, false, true, false, false, false],
      [false, false, false, true, false, false],
      [false, false, false, false, true, false],
      [false, false, false, false, false, true],
      [false, false, false, false, false, false],
    ]);
  });

  it("takes torchvision's VGG without its classifier", () => {
    expect(shapesOf(toOurNames(counted(vgg)))).toEqual({
      'backbone.features.0.weight': [2, 1, 3, 4],
      'backbone.features.0.bias': [4],
    });
  });

  it.each([
    ["torchvision's ResNet", resnet],
    ["IRN's ResNet-50, once and without its head", irn],
  ])('takes %s without its dense layer', (_, given) => {
    expect(shapesOf(toOurNames(counted(given)))).toEqual({
      'backbone.conv1.weight': [7, 5, 3, 64],
      'backbone.bn1.moving_variance': [64],
      'backbone.layer1.0.conv1.weight': [2, 1, 3, 4],
      'backbone.layer1.0.bn1.gamma': [4],
      'backbone.layer1.0.downsample.0.weight': [2, 1, 3, 4],
      'backbone.layer1.0.downsample.1.beta': [4],
    });
  });

  it("takes Keras' MobileNet without its classifier", () => {
    expect(shapesOf(toOurNames(counted(mobilenet)))).toEqual({
      'backbone.conv1.kernel': [3, 3, 3, 8],
      'backbone.conv1_bn.gamma': [8],
      'backbone.conv_dw_1.depthwise_kernel': [3, 3, 8, 1],
    });
  });

  it("takes Keras' VGG, published names and those of a model inside another, without its dense layers", () => {
    const shapes = {
      'backbone.features.0.weight': [3, 3, 3, 4],
      'backbone.features.0.bias': [4],
      'backbone.features.12.weight': [3, 3, 2, 2],
      'backbone.features.28.bias': [2],
    };
    expect(shapesOf(toOurNames(counted(kerasVgg)))).toEqual(shapes);
    const nested = Object.fromEntries(Object.entries(kerasVgg).map(([name, shape]) => [`vgg16/${name}`, shape]));
    expect(shapesOf(toOurNames(counted(nested)))).toEqual(shapes);
  });

  it('leaves a first layer of another shape for the fit to list', () => {
    const theano = { ...kerasVgg, 'block1_conv1/kernel': [4, 3, 3, 3] };
    expect(shapesOf(toOurNames(counted(theano)))['backbone.features.0.weight']).toEqual([4, 3, 3, 3]);
  });

  it.each([vgg, mobilenet])('takes off the prefix of DataParallel', (shapes) => {
    const parallel = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`module.${name}`, shape]));
    expect(toOurNames(counted(parallel))).toEqual(toOurNames(counted(shapes as Record<string, number[]>)));
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

describe('foldCaffeColours', () => {
  it("gives the same outputs from our colours as from Keras' (seed 3)", () => {
    const random = seedrandom('3');
    const [size, out] = [3, 4];
    const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => random() * 2 - 1);
    const kernel = { shape: [size, size, 3, out], data: numbers(size * size * 3 * out) };
    const bias = { shape: [out], data: numbers(out) };
    const photo = {
      width: size,
      height: size,
      data: Uint8Array.from({ length: size * size * 3 }, () => random() * 256),
    };
    const means = [103.939, 116.779, 123.68];
    const theirs = Float32Array.from(photo.data, (_, i) => {
      const channel = i % 3;
      return photo.data[i - channel + 2 - channel] - means[channel];
    });
    /** One output of a kernel as large as the photo. */
    const output = (weights: NamedArray, start: NamedArray, colours: Float32Array, o: number): number =>
      colours.reduce((sum, value, i) => sum + value * weights.data[i * out + o], start.data[o]);
    const ours = foldCaffeColours(kernel, bias);
    for (let o = 0; o < out; o++) {
      const expected = output(kernel, bias, theirs, o);
      expect(Math.abs(output(ours.kernel, ours.bias, normalise(photo), o) - expected)).toBeLessThan(1e-3);
      expect(Math.abs(expected)).toBeGreaterThan(1);
    }
  });
});

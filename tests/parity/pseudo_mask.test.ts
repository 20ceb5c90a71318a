import { describe, expect, it } from 'vitest';
import { referenceRule } from '../../shared/fusion/reference.js';
import { maskSettings } from '../../shared/settings/index.js';
import { goldenAvailable, readGolden, readGoldenJson } from '../support/golden.js';

interface PseudoMaskNumbers {
  cases: Record<string, { why?: string; histogram?: Record<string, number> }>;
}

/** Fuses a golden case by the published rule: tensors saliency [H,W], maps [M,H,W], classes [M], present [M]. */
function fuse(name: string): { actual: Uint8Array; expected: Uint8Array } {
  const golden = readGolden(`pseudo_mask__${name}`);
  const saliency = golden.bytes('saliency');
  const [height, width] = saliency.shape;
  const classes = [...golden.int('classes').data];
  const present = golden.bytes('present').data;
  const all = golden.bytes('maps').data;
  const maps = classes
    .map((classIndex, at) => ({
      classIndex,
      map: { width, height, data: all.subarray(at * width * height, (at + 1) * width * height) },
    }))
    .filter((_, at) => present[at]);
  const inputs = { width, height, classes, maps, saliency: { width, height, data: saliency.data } };
  const label = referenceRule.fuse(inputs, maskSettings.defaults('reference'));
  return { actual: label.data, expected: golden.bytes('label').data };
}

describe.skipIf(!goldenAvailable)('fusion of the reference preset (needs the golden numbers)', () => {
  const { cases } = goldenAvailable ? readGoldenJson<PseudoMaskNumbers>('pseudo_mask') : { cases: {} };
  // Cases without a histogram are notes on what the published code writes nothing for.
  const names = Object.keys(cases).filter((name) => cases[name].histogram);

  it.each(names)('%s: equals the published label map pixel for pixel', (name) => {
    const { actual, expected } = fuse(name);
    const wrong = expected.findIndex((label, at) => actual[at] !== label);
    expect(wrong, `label ${actual[wrong]} at ${wrong}, expected ${expected[wrong]}`).toBe(-1);
    expect(actual.length).toBe(expected.length);
  });
});

import { describe, expect, it } from 'vitest';
import { fitWeights } from '../../../../../../electron/engine/learn/weights/fit.js';
import type { NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';

const zeros = (shape: number[]): { shape: number[]; data: Float32Array } => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});
const expected = new Map([
  ['a', [2, 3]],
  ['b', [3]],
]);
const given = (entries: Record<string, number[]>): NamedArrays =>
  new Map(Object.entries(entries).map(([name, shape]) => [name, zeros(shape)]));

describe('fitWeights', () => {
  it('returns the whole set in the order expected', () => {
    expect([...fitWeights(given({ b: [3], a: [2, 3] }), expected).keys()]).toEqual(['a', 'b']);
  });

  it('lists missing, extra and misshapen names at once', () => {
    const wrong = (): unknown => fitWeights(given({ a: [3, 2], c: [1] }), expected, 'w.safetensors');
    expect(wrong).toThrow(expect.objectContaining({ code: 'weights-mismatch', file: 'w.safetensors' }));
    expect(wrong).toThrow('missing: b; extra: c; misshapen: a [3,2] instead of [2,3]');
  });

  it('takes a shape of the same size for another', () => {
    expect(() => fitWeights(given({ a: [6], b: [3] }), expected)).toThrow('misshapen: a [6]');
    expect(() => fitWeights(given({ a: [2, 3, 1], b: [3] }), expected)).toThrow('misshapen: a [2,3,1]');
  });

  it('counts what it does not list', () => {
    const many = given(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`x${i}`, [1]])));
    expect(() => fitWeights(many, new Map())).toThrow('x7 and 12 more');
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d among the numbers', (value) => {
    const weights = given({ a: [2, 3], b: [3] });
    weights.get('b')!.data[1] = value;
    expect(() => fitWeights(weights, expected)).toThrow(`"b" holds ${value} at position 1`);
    expect(() => fitWeights(weights, expected)).toThrow(expect.objectContaining({ code: 'weights-damaged' }));
  });
});

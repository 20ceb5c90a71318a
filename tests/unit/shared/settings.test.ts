import { describe, expect, it } from 'vitest';
import { languages, settingText } from '../../../shared/locales/index.js';
import { maskSettings, presets, settingGroups, trainSettings, type Setting } from '../../../shared/settings/index.js';

describe.each(Object.entries(settingGroups))('settings of %s', (name, group) => {
  it.each(presets)('has valid values under preset %s', (preset) => {
    expect(group.schema.safeParse(group.defaults(preset)).error).toBeUndefined();
  });

  it('has a text for every key in every language, and none beside them', () => {
    for (const language of languages) {
      for (const key of group.keys) expect(settingText(name, key, language), `${language} ${key}`).not.toBe(key);
    }
  });

  it('reads every default back from the form a person types', () => {
    const table = group.table as Record<string, Setting>;
    for (const key of group.keys) {
      const value = table[key].default;
      const typed = `${key}=${Array.isArray(value) ? value.join(',') : String(value)}`;
      expect((group.parseOverrides([typed]) as Record<string, unknown>)[key]).toEqual(value);
    }
  });
});

describe('values that a person sets', () => {
  it('keeps zero and false, which are values', () => {
    const values = trainSettings.parseOverrides(['loss.contrastive=0', 'augment.mirror=off', 'augment.jitter=']);
    expect(values).toEqual({ 'loss.contrastive': 0, 'augment.mirror': false, 'augment.jitter': [] });
  });

  it.each([
    ['no.such=1', /no\.such/],
    ['epochs=0', /epochs/],
    ['epochs=many', /epochs/],
    ['affinity.form=cos', /affinity\.form/],
    ['epochs', /key=value/],
  ])('refuses %s and names the key', (pair, message) => {
    expect(() => trainSettings.parseOverrides([pair])).toThrow(message);
  });

  it('lays them over the preset', () => {
    const settings = trainSettings.resolve({ epochs: 3 }, 'reference');
    expect(settings.epochs).toBe(3);
    expect(settings['head.coClassifier']).toBe('separate');
    expect(trainSettings.defaults('paper')['head.coClassifier']).toBe('shared');
  });

  it('take the backbone’s recommended values, under what a person sets, and under no other preset', () => {
    expect(trainSettings.resolve({ backbone: 'tiny' })).toMatchObject({ inputSize: 64, 'watch.enabled': false });
    expect(trainSettings.resolve({ backbone: 'tiny', inputSize: 96 }, 'studio').inputSize).toBe(96);
    expect(trainSettings.resolve({ backbone: 'tiny' }, 'paper').inputSize).toBe(256);
    expect(trainSettings.resolve({}).inputSize).toBe(256);
    const first = trainSettings.resolve({ backbone: 'tiny' });
    first['augment.jitter'].push(1);
    expect(trainSettings.resolve({ backbone: 'tiny' })['augment.jitter']).toHaveLength(4);
  });
});

it('gives every refiner of masks its published parameters, under every preset', () => {
  const psa = { 'crf.iterations': 10, 'crf.bilateral.sxy': 80, 'crf.bilateral.srgb': 13, 'crf.unary': 'probabilities' };
  const irn = { 'crf.iterations': 10, 'crf.bilateral.sxy': 50, 'crf.bilateral.srgb': 5, 'crf.unary': 'labels' };
  const mcis = { 'crf.iterations': 1, 'crf.bilateral.sxy': 80, 'crf.bilateral.srgb': 4, 'crf.gaussian.compat': 1 };
  for (const preset of presets) {
    expect(maskSettings.resolve({ refine: 'crf:psa' }, preset)).toMatchObject(psa);
    expect(maskSettings.resolve({ refine: 'crf:irn' }, preset)).toMatchObject(irn);
    expect(maskSettings.resolve({ refine: 'crf:mcis' }, preset)).toMatchObject(mcis);
  }
  expect(maskSettings.resolve({ refine: 'crf:mcis', 'crf.iterations': 3 })['crf.iterations']).toBe(3);
});

it('has valid values for every backbone, under the names that backbones have', () => {
  const { by, values } = trainSettings.variants!;
  for (const [name, value] of Object.entries(values)) {
    expect(() => trainSettings.resolve({ ...value, [by]: name })).not.toThrow();
  }
});

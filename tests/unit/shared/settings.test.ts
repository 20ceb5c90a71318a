import { describe, expect, it } from 'vitest';
import { languages, settingText } from '../../../shared/locales/index.js';
import { presets, settingGroups, trainSettings, type Setting } from '../../../shared/settings/index.js';

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
});

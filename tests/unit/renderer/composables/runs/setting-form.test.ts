import { describe, expect, it } from 'vitest';
import { mainSettings } from '../../../../../renderer/composables/runs/main-settings.js';
import { changedValues, complaintOf, fieldKind, foundSections, presetValues, rangeOf, schemasOf, typedOf, valueOf, type SettingGroup } from '../../../../../renderer/composables/runs/setting-form.js'; // prettier-ignore
import { formKinds, settingGroupOf } from '../../../../../renderer/composables/runs/request-fields.js';
import { settingForms } from '../../../../../shared/settings/form.js';
import { presets, settingGroups } from '../../../../../shared/settings/index.js';

const groups = settingForms('en') as SettingGroup[];
const train = groups.find(({ group }) => group === 'train')!;

describe('a form of settings', () => {
  it.each(groups.map((group) => [group.group, group] as const))(
    '%s has the values that the engine would resolve, under every preset and variant, and no complaint',
    (name, group) => {
      const own = settingGroups[name as keyof typeof settingGroups];
      const by = group.variants?.by;
      for (const preset of presets) {
        for (const word of by ? Object.keys(group.variants!.values) : [undefined]) {
          const chosen = word === undefined ? {} : { [by!]: word };
          const values = { ...presetValues(group, preset, chosen), ...chosen };
          expect(values).toEqual(own.resolve(chosen, preset));
          for (const [key, schema] of Object.entries(schemasOf(group))) expect(complaintOf(values[key], schema), key).toBeNull(); // prettier-ignore
        }
      }
    },
  );

  it('every value comes back from how it is typed', () => {
    for (const group of groups) {
      for (const [key, schema] of Object.entries(schemasOf(group))) {
        if (['flag', 'choices', 'choice'].includes(fieldKind(schema))) continue;
        const value = group.presets.studio[key];
        expect(valueOf(typedOf(value), schema), key).toEqual(value);
      }
    }
  });

  it('sends what differs from the preset, with the variant in view', () => {
    expect(changedValues(train, 'studio', { backbone: 'tiny', epochs: 16, batchSize: 5 })).toEqual({
      backbone: 'tiny',
    });
    expect(changedValues(train, 'studio', { epochs: 16 })).toEqual({ epochs: 16 });
    expect(changedValues(train, 'paper', { backbone: 'tiny', epochs: 16 })).toEqual({ backbone: 'tiny', epochs: 16 });
    expect(changedValues(train, 'studio', { 'optimiser.stepEpochs': [5, 10] })).toEqual({});
  });

  it('complains at the value: no number, not whole, beyond its range, no word of the list', () => {
    const { epochs, backbone, 'augment.jitter': jitter, 'optimiser.rate': rate } = schemasOf(train);
    expect(complaintOf(valueOf('', epochs), epochs)).toEqual({ text: 'number' });
    expect(complaintOf(valueOf('x', epochs), epochs)).toEqual({ text: 'number' });
    expect(complaintOf(valueOf('1.5', epochs), epochs)).toEqual({ text: 'whole' });
    expect(complaintOf(0, epochs)).toEqual({ text: 'least', limit: 1 });
    expect(complaintOf(valueOf('99999', epochs), epochs)).toEqual({ text: 'most', limit: 10_000 });
    expect(complaintOf('vgg', backbone)).toEqual({ text: 'word' });
    expect(complaintOf(valueOf('0.1, 0.2 2', jitter), jitter)).toEqual({ text: 'most', limit: 1 });
    expect(complaintOf(valueOf('0.1, a', jitter), jitter)).toEqual({ text: 'number' });
    expect(complaintOf(valueOf('1e-5', rate), rate)).toBeNull();
  });

  it('shows ranges without the limits that mean none', () => {
    const { epochs, 'keep.epoch': keep, backbone, 'augment.jitter': jitter } = schemasOf(train);
    expect(rangeOf(epochs)).toEqual({ from: 1, to: 10_000 });
    expect(rangeOf(keep)).toEqual({ from: 0, to: null });
    expect(rangeOf(jitter)).toEqual({ from: 0, to: 1 });
    expect(rangeOf(backbone)).toBeNull();
  });

  it('finds settings by key and text, in sections', () => {
    const schemas = schemasOf(train);
    expect(foundSections(schemas, 'mirror half')).toEqual([{ name: 'augment', keys: ['augment.mirror'] }]);
    expect(foundSections(schemas, 'no such words')).toEqual([]);
    const all = foundSections(schemas, '');
    expect(all[0].name).toBe('');
    expect(all.flatMap(({ keys }) => keys).sort()).toEqual(Object.keys(schemas).sort());
  });

  it('names as first settings only keys that there are', () => {
    for (const kind of formKinds) {
      const group = groups.find((one) => one.group === settingGroupOf(kind));
      for (const key of mainSettings[kind]) expect(Object.keys(schemasOf(group!))).toContain(key);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { readDataYaml } from '../../../../../../../electron/engine/project/formats/yolo/data-yaml.js';
import { put } from '../../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../../support/folder.js';

function written(text: string, name = 'data.yaml'): ReturnType<typeof readDataYaml> {
  const root = temporaryFolder();
  put(root, name, text);
  return readDataYaml(root);
}

describe('readDataYaml', () => {
  it.each([
    ['a list', 'names: [cat, "hot dog", 7]', ['cat', 'hot dog', '7']],
    ['a map', 'names:\n  0: cat\n  2: dog', ['cat', 'class_1', 'dog']],
    ['words that other schemas take for truth values', 'names: [yes, no, on]', ['yes', 'no', 'on']],
  ])('reads names from %s', async (_, text, names) => {
    expect((await written(text))?.names).toEqual(names);
  });

  it('finds the split of a folder, whatever its paths are relative to', async () => {
    const yaml = await written(
      'path: ../datasets/x\ntrain: ../train/images\nval: [/home/me/x/images/val2017/, b]\nnames: [a]',
    );
    expect(yaml?.splitOf('train/images/a.jpg', 'train/images')).toBe('train');
    expect(yaml?.splitOf('images/val2017/a.jpg', 'images/val2017')).toBe('val');
    expect(yaml?.splitOf('images/2017/a.jpg', 'images/2017')).toBeNull();
  });

  it('takes another file of the folder that has names, and no other', async () => {
    expect((await written('names: [cat]', 'coco128.yaml'))?.names).toEqual(['cat']);
    expect(await written('jobs: []', 'ci.yml')).toBeNull();
  });

  const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`), 'names: *a30'].join('\n'); // prettier-ignore
  it.each([
    ['is no YAML', 'names: [cat', /./],
    ['has one word for names', 'names: cat', /neither a list nor a map/],
    ['has names for keys', 'names: {cat: 0}', /hold/],
    ['asks for a list without end', 'names: {1000000000: cat}', /1000000001 classes/],
    ['is small and unfolds without end', bomb, /alias/i],
    ['is far too long', `names: [cat]\n#${'x'.repeat(2 ** 20)}`, /longer than/],
  ])('refuses a file that %s', async (_, text, message) => {
    await expect(written(text)).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringMatching(message),
    });
  });
});

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classifierParameters } from '../../electron/engine/learn/nets/classifier.js';
import { encodeSafetensors } from '../../electron/engine/learn/weights/safetensors.js';
import { permute, sizeOf, type NamedArrays } from '../../electron/engine/learn/weights/tensors.js';
import { trainSettings } from '../../shared/settings/index.js';
import { comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject } from '../support/project.js';

/** Our name and the reference implementation's, which DataParallel put its prefix before. */
const theirNames: [RegExp, string][] = [
  [/^backbone\.features\./, 'vgg.features.'],
  [/^extra\./, 'vgg.extra_convs.'],
  [/^classifier\./, 'vgg.extra_last_conv.'],
  [/^affinity\.target\./, 'extra_linear_e.'],
  [/^coClassifier\./, 'extra_gate.'],
  [/^gate\./, 'extra_gate_merge.'],
];

/** A checkpoint of the reference implementation's names and shapes, filled with small numbers. */
function referenceCheckpoint(classCount: number): NamedArrays {
  const settings = trainSettings.resolve({ backbone: 'vgg16', 'head.matrices': 'one' }, 'reference');
  return new Map(
    [...classifierParameters(settings, classCount)].map(([name, { shape }]) => {
      const [from, to] = theirNames.find(([pattern]) => pattern.test(name))!;
      const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7919) % 101) / 5000 - 0.01);
      const axes = shape.length === 4 ? [3, 2, 0, 1] : shape.length === 2 ? [1, 0] : [0];
      return [`module.${name.replace(from, to)}`, permute({ shape, data }, axes)];
    }),
  );
}

describe('comask weights import', () => {
  it('makes a run that maps come from, and refuses one of other classes', async () => {
    const folder = temporaryFolder();
    const project = smallProject(folder, 3);
    const file = join(folder, 'published.safetensors');
    const checkpoint = referenceCheckpoint(2);
    writeFileSync(file, encodeSafetensors(checkpoint));
    expect(await comask('weights', 'import', file, '--as-run', 'published', project)).toMatchObject({ exitCode: 0 });
    const maps = ['localize', project, '--run', 'published', '--maps', 'm', '--preset', 'reference'];
    expect(await comask(...maps, '--set', 'inputSize=64')).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(project, 'maps', 'm'))).toHaveLength(4);

    expect(await comask('weights', 'import', file, '--as-run', 'published', project)).toMatchObject({ exitCode: 2 });
    const resumed = await comask('train', project, '--run', 'published', '--resume');
    expect(resumed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('was imported') });

    checkpoint.set('module.extra_gate.weight', { shape: [20, 512, 1, 1], data: new Float32Array(20 * 512) });
    writeFileSync(file, encodeSafetensors(checkpoint));
    const other = await comask('weights', 'import', file, '--as-run', 'other', project);
    expect(other).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('[1,1,512,20] instead of [1,1,512,2]'),
    });
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { planTraining } from '../../../../../../electron/engine/jobs/run/plan.js';
import { temporaryFolder } from '../../../../../support/folder.js';

afterEach(() => vi.unstubAllEnvs());

describe('planTraining', () => {
  const weightsOf = (weights: string): string | null =>
    planTraining(join(temporaryFolder(), 'run'), { mode: 'new', overrides: {}, weights }).weights;

  it('makes the path of the weights absolute', () => {
    expect(weightsOf('some/w.pth')).toBe(resolve('some/w.pth'));
  });

  it('takes a name of the catalogue once it has been fetched, and says how to fetch it before', () => {
    const home = temporaryFolder();
    vi.stubEnv('COMASK_HOME', home);
    expect(() => weightsOf('vgg16')).toThrow(
      expect.objectContaining({ code: 'weights-missing', remedy: 'Fetch them first (comask weights get vgg16).' }),
    );
    mkdirSync(join(home, 'weights'));
    writeFileSync(join(home, 'weights', 'vgg16-397923af.pth'), '');
    expect(weightsOf('vgg16')).toBe(join(home, 'weights', 'vgg16-397923af.pth'));
  });
});

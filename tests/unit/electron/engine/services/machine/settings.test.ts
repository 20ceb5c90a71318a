import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFolder } from '../../../../../../electron/engine/learn/runtime/places.js';
import { MachineSettingsFile } from '../../../../../../electron/engine/services/machine/settings.js';
import { machineDefaults } from '../../../../../../shared/machine-settings.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

describe('the settings of the machine', () => {
  it('have defaults, and keep what is changed', () => {
    const file = join(temporaryFolder(), 'new/settings.json');
    const settings = new MachineSettingsFile(file);
    expect(settings.read()).toEqual(machineDefaults);
    expect(settings.change({ device: 'cpu', thumbnailBytes: undefined })).toEqual({
      ...machineDefaults,
      device: 'cpu',
    });
    settings.change({ thumbnailBytes: 2 ** 29 });
    expect(new MachineSettingsFile(file).read()).toEqual({
      ...machineDefaults,
      device: 'cpu',
      thumbnailBytes: 2 ** 29,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ device: 'cpu' });
  });

  it.each(['', 'null', '[]', '{', '{"device":"tpu","thumbnailBytes":-1,"downloadBytes":"all"}', '{"thumbnailBytes":1e999}'])(
    'take the default for what makes no sense: %s',
    (text) => expect(new MachineSettingsFile(put(temporaryFolder(), 'settings.json', text)).read()).toEqual(machineDefaults),
  ); // prettier-ignore

  it('lie where the platform keeps settings', () => {
    const at = (platform: NodeJS.Platform, env = {}) => configFolder({ platform, arch: 'x64', env, home: '/home/a' });
    expect(at('linux')).toBe('/home/a/.config/comask');
    expect(at('linux', { XDG_CONFIG_HOME: '/c' })).toBe('/c/comask');
    expect(at('darwin')).toBe('/home/a/Library/Application Support/comask');
    expect(at('linux', { COMASK_HOME: '/all' })).toBe('/all');
  });
});

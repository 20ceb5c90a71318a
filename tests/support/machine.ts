import { join } from 'node:path';
import { Downloads } from '../../electron/engine/learn/weights/catalogue/kept.js';
import { Clicks } from '../../electron/engine/services/machine/clicks.js';
import { RuntimeInstaller } from '../../electron/engine/services/machine/installer.js';
import { MachineServices, type MachineParts } from '../../electron/engine/services/machine/machine.js';
import { MachineSettingsFile } from '../../electron/engine/services/machine/settings.js';
import { WeightsFetcher } from '../../electron/engine/services/machine/weights.js';
import { Thumbnails } from '../../electron/engine/services/thumbnails.js';

/** Settings, caches and runtimes of a machine that has nothing, all of it in `home`. */
export function emptyMachine(home: string, parts: Partial<MachineParts> = {}): MachineServices {
  const settings = new MachineSettingsFile(join(home, 'settings.json'));
  return new MachineServices({
    settings,
    clicks: new Clicks(settings),
    thumbnails: new Thumbnails(join(home, 'thumbnails')),
    downloads: new Downloads(join(home, 'weights')),
    installer: new RuntimeInstaller({ platform: 'linux', arch: 'x64', env: { COMASK_HOME: home }, home }),
    weights: new WeightsFetcher(settings, join(home, 'weights')),
    ...parts,
  });
}

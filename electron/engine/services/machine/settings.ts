import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineSettingsFileSchema, type MachineSettings } from '../../../../shared/machine-settings.js';
import { configFolder, thisMachine } from '../../learn/runtime/places.js';
import { writeFileAtomicSync } from '../../project/files.js';

const machineFile = (): string => join(configFolder(thisMachine()), 'settings.json');

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** The settings of the machine, in a file that every start reads anew: a command may have changed it meanwhile. */
export class MachineSettingsFile {
  readonly #file: string;

  constructor(file = machineFile()) {
    this.#file = file;
  }

  /** What is set, with defaults for what is not or cannot be read. */
  read(): MachineSettings {
    return machineSettingsFileSchema.parse(readJson(this.#file));
  }

  /** Changes some of it. Throws `not-writable`, `disk-full`. */
  change(part: Partial<MachineSettings>): MachineSettings {
    const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
    const settings = { ...this.read(), ...given };
    writeFileAtomicSync(this.#file, `${JSON.stringify(settings, null, 2)}\n`);
    return settings;
  }
}

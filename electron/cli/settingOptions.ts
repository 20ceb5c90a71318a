import { Option, type Command } from 'commander';
import { presets, type Preset, type SettingGroup, type ValuesOf } from '../../shared/settings/index.js';
import { devices, type Device } from '../engine/learn/runtime/release.js';

export interface SettingOptions {
  preset?: Preset;
  set: string[];
}

export interface DeviceOption {
  device?: Device;
}

/** Adds --preset and --set, which reach every setting of a group. */
export function addSettingOptions(
  command: Command,
  { name, keys }: { name: string; keys: readonly string[] },
): Command {
  return command
    .addOption(new Option('--preset <name>', 'settings to start from (default: studio)').choices(presets))
    .option(
      '--set <key=value>',
      `any setting of \`comask settings ${name}\`, e.g. ${keys[0]}=...; may be repeated`,
      (pair: string, before: string[]) => [...before, pair],
      [] as string[],
    );
}

/** Adds --device. */
export function addDeviceOption(command: Command): Command {
  return command.addOption(
    new Option('--device <name>', 'compute there (default: the GPU where there is one)').choices(devices),
  );
}

/**
 * The values that --preset, --set and options of their own (`{ mode: 'single' }`, left out where not given) ask for.
 * Throws `settings-invalid`.
 */
export function settingsOf<Table>(
  group: SettingGroup<Table>,
  { set, preset }: SettingOptions,
  own: Readonly<Record<string, string | undefined>> = {},
): ValuesOf<Table> {
  return group.resolve(group.parseOverrides([...set, ...pairsOf(own)]), preset);
}

/** `key=value` for every option that is given. */
export function pairsOf(options: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
}

import { Option } from 'commander';
import type { CliCommand } from '../command.js';
import { installRuntime } from '../../engine/learn/runtime/install.js';
import { installedRuntime, preferredDevice } from '../../engine/learn/runtime/installed.js';
import { thisMachine } from '../../engine/learn/runtime/places.js';
import { devices, releaseFor, type Device } from '../../engine/learn/runtime/release.js';
import { runtimeStates } from '../../engine/services/machine/runtimes.js';

interface InstallFlags {
  device?: Device;
  force?: boolean;
  quiet?: boolean;
}

/** `comask runtime install|status`: the TensorFlow libraries in the cache folder. */
export const runtimeCommand: CliCommand = {
  register(program, run) {
    const runtime = program
      .command('runtime')
      .summary('install the compute runtime (TensorFlow), or show what is installed')
      .description(
        'The compute runtime is TensorFlow from its Python wheel, in a cache folder that all checkouts share:\n' +
          'COMASK_HOME where set, else the cache folder of the platform (on Linux ~/.cache/comask).',
      );

    runtime
      .command('install')
      .summary('fetch TensorFlow through pip and make it ready; does nothing where it is there')
      .description(
        'Fetches the TensorFlow wheel through pip, checks its hash, compiles the binding (with g++, clang++ or c++, else\n' +
          'with the compiler of the Python package ziglang), tries it, and puts it into the cache folder.',
      )
      .addOption(
        new Option('--device <device>', 'cpu, or cuda (default: cuda with an NVIDIA driver, else cpu)').choices(
          devices,
        ),
      )
      .option('--force', 'install anew even where it is there')
      .option('--quiet', 'say nothing where it is there already')
      .action(
        run(async ({ signal, onProgress, say }, { device, force, quiet }: InstallFlags) => {
          const machine = thisMachine();
          const release = releaseFor(machine, device ?? preferredDevice(machine));
          const before = force ? null : installedRuntime(machine, release);
          if (!before)
            say(`Installing TensorFlow ${release.tensorflow} for ${release.device} (once for this machine).`);
          const installed = before ?? (await installRuntime(machine, release, { onProgress, say, signal, force }));
          const { tensorflow } = installed.manifest;
          return {
            data: { installed: !before, folder: installed.folder, ...installed.manifest },
            text:
              before && quiet
                ? undefined
                : `TensorFlow ${tensorflow} (${release.device}) is ready: ${installed.folder}`,
          };
        }),
      );

    runtime
      .command('status')
      .summary('show which runtimes this machine can have, which are installed, and where')
      .action(
        run(() => {
          const data = runtimeStates(thisMachine());
          const text = data
            .map(({ device, tensorflow, preferred: first, folder, installed }) => {
              const state = installed
                ? `installed ${installed.installedAt}, compiled by ${installed.compiler}`
                : `not installed (comask runtime install --device ${device})`;
              return `${device}${first ? ' (preferred)' : ''}: TensorFlow ${tensorflow}, ${state}\n  ${folder}`;
            })
            .join('\n');
          return { data, text: text || 'There is no runtime for this machine.' };
        }),
      );
  },
};

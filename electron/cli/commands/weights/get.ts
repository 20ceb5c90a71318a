import path from 'node:path';
import { catalogueEntry, weightsFolder } from '../../../engine/learn/weights/catalogue/find.js';
import { getWeights } from '../../../engine/learn/weights/catalogue/get.js';
import { MachineSettingsFile } from '../../../engine/services/machine/settings.js';
import type { CliCommand } from '../../command.js';

/** `comask weights get NAME`: fetches weights of the catalogue and checks their hash. */
export const weightsGet: CliCommand = {
  register(weights, run) {
    weights
      .command('get')
      .argument('<name>', 'name in the catalogue (comask weights list)')
      .option(
        '--to <folder>',
        'where to put the files (default: weights/ in the cache folder, where names are looked up)',
      )
      .summary('fetch weights of the catalogue; a stopped download goes on where it was')
      .action(
        run(async ({ signal, onProgress, say }, name: string, { to }: { to?: string }) => {
          const entry = catalogueEntry(name);
          const folder = to === undefined ? weightsFolder() : path.resolve(to);
          const { downloadBytes } = new MachineSettingsFile().read();
          const mostBytes = to === undefined ? downloadBytes : undefined;
          const { path: found, fetched } = await getWeights(entry, folder, { onProgress, say, signal, mostBytes });
          const text = `${name} ${fetched > 0 ? 'is fetched and checked' : 'was there already, and its hash is right'}: ${found}`;
          return { data: { name, path: found, fetched, licence: entry.licence }, text };
        }),
      );
  },
};

import { weightCatalogue } from '../../../engine/learn/weights/catalogue/entries.js';
import { isFetched, weightsFolder } from '../../../engine/learn/weights/catalogue/find.js';
import type { CliCommand } from '../../command.js';
import { megabytes, plural } from '../../text.js';

/** `comask weights list`: the weights that can be fetched by name. */
export const weightsList: CliCommand = {
  register(weights, run) {
    weights
      .command('list')
      .summary('list weights that can be fetched by name, with address, size, hash and licence')
      .action(
        run(() => {
          const folder = weightsFolder();
          const data = weightCatalogue.map((entry) => ({
            ...entry,
            bytes: entry.files.reduce((sum, { bytes }) => sum + bytes, 0),
            fetched: isFetched(entry, folder),
          }));
          const text = data.map(({ name, use, licence, digestFrom, files, bytes, fetched }) => {
            const [{ address, digest }] = files;
            const rest = files.length > 1 ? `, and ${plural(files.length - 1, 'file')} beside it` : '';
            return [
              `${name} (${megabytes(bytes)}, ${licence})${fetched ? ', fetched' : ''}`,
              `  ${use}`,
              `  ${address}${rest}`,
              `  ${digest.algorithm} ${digest.hex} (from: ${digestFrom})`,
            ].join('\n');
          });
          return { data, text: [...text, `fetched into ${folder}`].join('\n') };
        }),
      );
  },
};

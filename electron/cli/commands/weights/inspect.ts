import { namingOf } from '../../../engine/learn/weights/mappings/index.js';
import { weightsPath } from '../../../engine/learn/weights/catalogue/find.js';
import { readWeightFile } from '../../../engine/learn/weights/readers.js';
import { shapeText, sizeOf } from '../../../engine/learn/weights/tensors.js';
import type { CliCommand } from '../../command.js';
import { plural } from '../../text.js';

/** `comask weights inspect FILE`: what a file of weights holds. */
export const weightsInspect: CliCommand = {
  register(weights, run) {
    weights
      .command('inspect')
      .argument('<file>', 'file or folder of weights, or a name of the catalogue')
      .summary('list the names, shapes and number types in a file of weights, and whose naming it is')
      .action(
        run(async (_context, file: string) => {
          const { kind, tensors: arrays, types } = await readWeightFile(weightsPath(file));
          const naming = namingOf(arrays)?.name ?? null;
          const tensors = [...arrays].map(([name, { shape, data }]) => ({
            name,
            shape,
            type: types.get(name)!,
            notFinite: data.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0),
          }));
          const numbers = tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
          const text = [
            ...tensors.map(({ name, shape, type, notFinite }) => {
              const bad = notFinite > 0 ? `, of which ${plural(notFinite, 'number')} not finite` : '';
              return `${name} ${shapeText(shape)} ${type}${bad}`;
            }),
            `${kind}: ${plural(tensors.length, 'tensor')}, ${plural(numbers, 'number')}${naming ? `, named as ${naming}` : ''}`,
          ].join('\n');
          return { data: { file, kind, naming, numbers, tensors }, text };
        }),
      );
  },
};

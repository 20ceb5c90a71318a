import type { CliCommand } from '../command.js';
import { importRun } from '../../engine/jobs/run/import.js';
import { weightMappings } from '../../engine/learn/weights/mappings/index.js';
import { readWeights } from '../../engine/learn/weights/readers.js';
import { shapeText, sizeOf } from '../../engine/learn/weights/tensors.js';
import { openProject } from '../../engine/project/project.js';
import { plural } from '../text.js';

/** `comask weights inspect FILE`, `comask weights import FILE --as-run NAME PROJECT`. */
export const weightsCommand: CliCommand = {
  register(program, run) {
    const weights = program.command('weights').summary('look into weight files, make a run of a published checkpoint');

    weights
      .command('inspect')
      .argument('<file>', '.safetensors, or the folder of a TensorFlow.js model')
      .summary('list the names and shapes in a weight file')
      .action(
        run(async (_context, file: string) => {
          const arrays = await readWeights(file);
          const naming = weightMappings.find(({ recognises }) => recognises(arrays))?.name ?? null;
          const tensors = [...arrays].map(([name, { shape }]) => ({ name, shape }));
          const numbers = tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
          const text = [
            ...tensors.map(({ name, shape }) => `${name} ${shapeText(shape)}`),
            `${plural(tensors.length, 'tensor')}, ${plural(numbers, 'number')}${naming ? `, named as ${naming}` : ''}`,
          ].join('\n');
          return { data: { file, naming, numbers, tensors }, text };
        }),
      );

    weights
      .command('import')
      .argument('<file>', 'checkpoint of the reference implementation, as .safetensors')
      .argument('<project>', 'project folder, with the classes of the checkpoint in its order')
      .requiredOption('--as-run <name>', 'name of the run to make')
      .option('--overwrite', 'replace a run that is there')
      .summary('make a run of a checkpoint of the reference implementation')
      .action(
        run(async (_context, file: string, folder: string, options: { asRun: string; overwrite?: boolean }) => {
          const project = openProject(folder);
          try {
            const result = await importRun(project, file, options.asRun, options);
            const text = [
              `run "${result.run}" made of ${plural(result.weights, 'tensor')}`,
              `next: comask localize ${folder} --run ${result.run} --maps ${result.run} --preset reference`,
            ].join('\n');
            return { data: result, text };
          } finally {
            project.close();
          }
        }),
      );
  },
};

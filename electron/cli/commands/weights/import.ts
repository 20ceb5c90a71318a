import { importRun } from '../../../engine/jobs/run/import.js';
import { openProject } from '../../../engine/project/project.js';
import type { CliCommand } from '../../command.js';
import { plural } from '../../text.js';

/** `comask weights import FILE PROJECT --as-run NAME`: a run from a checkpoint of the reference implementation. */
export const weightsImport: CliCommand = {
  register(weights, run) {
    weights
      .command('import')
      .argument('<file>', 'checkpoint of the reference implementation: .pth, .safetensors, ...')
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

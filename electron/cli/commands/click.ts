import { resolve } from 'node:path';
import type { CliCommand } from '../command.js';
import { machineServices } from '../../engine/services/machine/machine.js';

/** `comask click import|list|remove`: the models that answer clicks in the mask editor. */
export const clickCommand: CliCommand = {
  register(program, run) {
    const click = program.command('click').summary('models that answer clicks in the mask editor');
    click
      .command('import')
      .argument('<name>', 'what the model is called in the editor')
      .requiredOption('--encoder <file>', 'ONNX file of the encoder')
      .requiredOption('--decoder <file>', 'ONNX file of the decoder')
      .summary('try a pair of ONNX files of the SAM family and keep their paths')
      .action(
        run(async (_context, name: string, files: { encoder: string; decoder: string }) => {
          const { clicks } = machineServices();
          try {
            const model = await clicks.add({ name, encoder: resolve(files.encoder), decoder: resolve(files.decoder) });
            return { data: model, text: `${name}: a model of the family ${model.family}, at ${model.side} px` };
          } finally {
            await clicks.close();
          }
        }),
      );
    click
      .command('list')
      .summary('list them')
      .action(
        run(async () => {
          const models = machineServices().clicks.models();
          const lines = models.map(({ name, encoder, decoder }) => `${name}\n  ${encoder}\n  ${decoder}`);
          return { data: models, text: lines.join('\n') || 'There are none (comask click import NAME ...).' };
        }),
      );
    click
      .command('remove')
      .argument('<name>', 'name of the model')
      .summary('forget one; its files stay')
      .action(
        run(async (_context, name: string) => {
          machineServices().clicks.remove(name);
          return { data: { name }, text: `${name} is forgotten; its files are where they were` };
        }),
      );
  },
};

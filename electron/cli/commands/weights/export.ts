import { Option } from 'commander';
import { exportRun, namings, type RunExport } from '../../../engine/jobs/run/export.js';
import { openProject } from '../../../engine/project/project.js';
import type { CliCommand } from '../../command.js';
import { addEpochOption, type EpochOption } from '../../epoch-option.js';
import { plural } from '../../text.js';

interface ExportOptions extends EpochOption {
  run: string;
  to: string;
  weights?: RunExport['which'];
  backbone?: boolean;
  naming: RunExport['naming'];
}

/** `comask weights export PROJECT --run NAME --to FILE`: the net of a run for other programs. */
export const weightsExport: CliCommand = {
  register(weights, run) {
    const command = weights
      .command('export')
      .argument('<project>', 'project folder')
      .summary('write the net of a run as an ONNX model, or its weights as safetensors')
      .description(
        'Writes a trained classifier or segmenter for other programs. An .onnx model takes RGB photos of 0 to 255 and needs ' +
          'nothing else; a .safetensors file holds the weights, under the names that PyTorch and torchvision have.',
      )
      .requiredOption('--run <name>', 'run of a classifier or of a segmenter')
      .requiredOption('--to <file>', 'file to write, .onnx or .safetensors; one that is there is replaced')
      .addOption(new Option('--weights <which>', 'of a segmenter (default: the best)').choices(['best', 'latest']))
      .option(
        '--backbone',
        'only the backbone, as torchvision has it: for other nets, or `--weights` of another training',
      )
      .addOption(new Option('--naming <name>', 'names and layouts of weights').choices(namings).default('pytorch'));
    addEpochOption(command).action(
      run(async (_context, folder: string, { run: name, to, weights: which, epoch, ...options }: ExportOptions) => {
        const project = openProject(folder);
        try {
          const { backbone = false, naming } = options;
          const result = await exportRun(project, { run: name, to, epoch: epoch ?? null, which, backbone, naming });
          return { data: result, text: `${plural(result.tensors, 'tensor')} of run "${name}" written to ${result.to}` };
        } finally {
          project.close();
        }
      }),
    );
  },
};

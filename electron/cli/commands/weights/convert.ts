import { Option } from 'commander';
import path from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { weightsPath } from '../../../engine/learn/weights/catalogue/find.js';
import { convertibleBackbones, weightsForBackbone } from '../../../engine/learn/weights/convert.js';
import { readWeights } from '../../../engine/learn/weights/readers.js';
import { encodeSafetensors } from '../../../engine/learn/weights/safetensors.js';
import { writeFileAtomic } from '../../../engine/project/files.js';
import type { CliCommand } from '../../command.js';
import { plural } from '../../text.js';

/** `comask weights convert FILE OUT.safetensors`: any kind of weights as safetensors. */
export const weightsConvert: CliCommand = {
  register(weights, run) {
    weights
      .command('convert')
      .argument('<file>', 'file or folder of weights, or a name of the catalogue')
      .argument('<out>', 'the .safetensors file to write; one that is there is replaced')
      .addOption(
        new Option('--for <backbone>', "only this backbone's weights, under our names and layouts").choices(
          convertibleBackbones,
        ),
      )
      .summary('write weights of any kind as safetensors (float32)')
      .action(
        run(async (_context, file: string, out: string, { for: backbone }: { for?: string }) => {
          if (path.extname(out).toLowerCase() !== '.safetensors') {
            const remedy = 'Give the new file a name that ends with .safetensors.';
            throw new StudioError({ code: 'usage', message: `${out} is no name of a .safetensors file`, remedy });
          }
          const given = await readWeights(weightsPath(file));
          const tensors = backbone === undefined ? given : weightsForBackbone(given, backbone, file);
          await writeFileAtomic(out, encodeSafetensors(tensors));
          const names = backbone === undefined ? 'names as in the file' : `names and layouts of ${backbone}`;
          return {
            data: { file, out, backbone: backbone ?? null, tensors: tensors.size },
            text: `${plural(tensors.size, 'tensor')} written to ${out}, ${names}`,
          };
        }),
      );
  },
};

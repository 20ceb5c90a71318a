import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { readGrey, resizeBilinear } from '../../images/index.js';
import type { SaliencySource } from './source.js';

/** Maps that were made elsewhere: `<path>/{id}.png`, brought to the photo's size where theirs differs. */
export const folderSource: SaliencySource = {
  name: 'folder',
  async open({ path }) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      throw new StudioError({
        code: 'file-missing',
        message: path === '' ? 'no folder of saliency maps is given' : `there is no folder ${path}`,
        file: path || undefined,
        remedy: 'Name the folder that holds {id}.png for every photo (--path DIR).',
      });
    }
    return {
      async saliencyOf({ width, height }, id) {
        return resizeBilinear(await readGrey(join(path, `${id}.png`)), width, height);
      },
      close: () => Promise.resolve(),
    };
  },
};

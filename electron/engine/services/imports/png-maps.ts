import { existsSync } from 'node:fs';
import { StudioError } from '../../../../shared/errors.js';
import { readGrey } from '../../images/index.js';
import { foreignFile } from './foreign-file.js';
import type { ForeignMap, MapSource } from './source.js';

/** Pictures, one a class: OAA's, MCIS's, and those of this program. */
export const pngMaps: MapSource = {
  means: '{id}_{class}.png, grey, class from 0: OAA, MCIS, Comask',
  async read(folder, { id, classes }) {
    const files = classes.map((classIndex) => ({ classIndex, file: foreignFile(folder, id, `_${classIndex}.png`) }));
    const missing = files.filter(({ file }) => !existsSync(file));
    if (missing.length === files.length) {
      const { file } = missing[0];
      throw new StudioError({ code: 'file-missing', message: `there is no map of ${id} in ${folder}`, file });
    }
    const maps: ForeignMap[] = [];
    for (const { classIndex, file } of files.filter((one) => !missing.includes(one))) {
      maps.push({ classIndex, map: await readGrey(file) });
    }
    return { maps, missing };
  },
};

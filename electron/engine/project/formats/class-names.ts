import { resolve } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { cocoClasses } from './coco-classes.js';
import { readStrictText } from './strict-text.js';
import { classNames } from './text.js';
import { vocClasses } from './voc-classes.js';

/** Lists of classes that are known by name. */
const builtIn: Readonly<Record<string, readonly string[]>> = { voc: vocClasses, coco: cocoClasses };

/**
 * Names of classes as --classes gives them: `voc`, `coco`, or a file with a name a line (`./voc` for a file called so).
 * @throws StudioError file-missing, file-unreadable, file-damaged
 */
export async function namedClasses(nameOrFile: string): Promise<readonly string[]> {
  if (Object.hasOwn(builtIn, nameOrFile)) return builtIn[nameOrFile];
  const file = resolve(nameOrFile);
  const names = classNames(await readStrictText(file));
  if (names.length > 0) return names;
  throw new StudioError({
    code: 'file-damaged',
    message: `${file} names no classes`,
    file,
    remedy: `Write one name a line, or give ${Object.keys(builtIn).join(' or ')}.`,
  });
}

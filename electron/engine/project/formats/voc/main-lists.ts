import { join } from 'node:path';
import { listedId } from '../listed-id.js';
import { LabelCollector, type LabelFile } from '../labels/index.js';
import { readStrictText } from '../strict-text.js';
import { linesOf, namesIn } from '../text.js';
import { MAIN_LISTS } from './lists.js';

const CLASS_LIST = /^(.+)_(?:train|val|trainval|test)\.txt$/;
const LINE = /^(\S+)\s+(-1|0|1)$/;

/**
 * Image-level labels from VOC's lists of a class (`ImageSets/Main/cat_train.txt`), whose lines are an id and 1 (shows the
 * class), -1 (does not) or 0 (only objects marked difficult). Null where there are no such lists.
 */
export async function mainListLabels(root: string, difficult: boolean): Promise<LabelFile | null> {
  const folder = join(root, MAIN_LISTS);
  const byId = new Map<string, Set<string>>();
  const failures: LabelFile['failures'] = [];
  for (const name of await namesIn(folder)) {
    const className = CLASS_LIST.exec(name)?.[1].normalize('NFC');
    if (className === undefined) continue;
    const file = join(folder, name);
    const lines = linesOf(await readStrictText(file));
    // A list of ids may be called my_train.txt.
    if (lines.length === 0 || !LINE.test(lines[0].line)) continue;
    const broken = new LabelCollector(file);
    for (const { number, line } of lines) {
      const [, path, mark] = LINE.exec(line) ?? [];
      if (path === undefined) {
        broken.fail(undefined, 'file-damaged', `line ${number}`, 'it is not an id and -1, 0 or 1');
        continue;
      }
      const id = listedId(path);
      const classes = byId.get(id) ?? new Set();
      byId.set(id, classes);
      if (mark === '1' || (mark === '0' && difficult)) classes.add(className);
    }
    failures.push(...broken.result().failures);
  }
  if (byId.size === 0) return null;
  return { labels: new Map([...byId].map(([id, classes]) => [id, [...classes].sort()])), failures };
}

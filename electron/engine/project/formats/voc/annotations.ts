import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { StudioError, errorDetails } from '../../../../../shared/errors.js';
import { forEachInFlight } from '../../../../../shared/in-flight.js';
import { resolveInside } from '../../paths.js';
import { FailureTally } from '../failure-tally.js';
import type { LabelFile } from '../labels/index.js';
import { damagedText } from '../strict-text.js';
import { existsInside, readText } from '../text.js';

/** Folder of an XML file an image. */
export const ANNOTATIONS = 'Annotations';

/** Bytes of the longest annotation; VOC's have some thousands. */
const MAX_BYTES = 2 ** 20;
/** Files that are read side by side. */
const LANES = 8;

/** Text stays text, and entities are left as they are: a file may not grow by what it defines. */
const parser = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  isArray: (name) => name === 'object',
});

/**
 * Names of the classes of the objects that an annotation of VOC tells of, sorted, each once. Objects that are marked
 * difficult (small, hidden, hard to tell) count if `difficult` says so. Parts of an object are not objects.
 * @throws StudioError file-damaged
 */
export function parseAnnotation(text: string, file: string, difficult: boolean): string[] {
  let annotation: unknown;
  try {
    annotation = (parser.parse(text, true) as { annotation?: unknown }).annotation;
  } catch (error) {
    throw damagedText(file, `it is not XML (${(error as Error).message.slice(0, 200)})`);
  }
  if (annotation === undefined) throw damagedText(file, 'it is XML without an <annotation>');
  const { object: objects = [] } = (annotation || {}) as { object?: readonly unknown[] };
  const names = new Set<string>();
  for (const object of objects) {
    const { name, difficult: mark } = (object ?? {}) as { name?: unknown; difficult?: unknown };
    if (typeof name !== 'string' || name === '') throw damagedText(file, 'an <object> has no <name>');
    if (difficult || String(mark ?? 0) === '0') names.add(name.normalize('NFC'));
  }
  return [...names].sort();
}

/**
 * Image-level labels of images, given by id and name, from the devkit's annotations. An image without a file has no
 * labels. A file that cannot be read is a failure, and the rest goes on.
 */
export async function annotationLabels(
  root: string,
  images: Iterable<{ id: string; name: string }>,
  difficult: boolean,
): Promise<LabelFile> {
  const labels = new Map<string, readonly string[]>();
  const tally = new FailureTally();
  await forEachInFlight(images, LANES, async ({ id, name }) => {
    const path = `${ANNOTATIONS}/${name}.xml`;
    if (!(await existsInside(root, path))) return;
    const file = resolveInside(root, path);
    try {
      labels.set(id, parseAnnotation(await readText(file, MAX_BYTES), file, difficult));
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      const { code, message } = errorDetails(error);
      tally.add({ id, file: join(root, path), code, reason: message, action: 'imported without labels' });
    }
  });
  return { labels, failures: tally.failures() };
}

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import seedrandom from 'seedrandom';
import sharp from 'sharp';
import { UserError } from '../../steps/state.mjs';

/** Share of the web photos whose label is wrong. */
export const WRONG_SHARE = 0.3;

/** What the single-label dataset looks like beside the target: hues turned, colours pale, contrast raised. */
const SHIFT = { hue: 40, saturation: 0.6, slope: 1.3, offset: -30 };

function shuffled(items, rng) {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** Photos of the train split of a VOC devkit with their labels, `limit` of them spread evenly (null: all). */
async function readTrain(data, limit) {
  const file = join(data, 'ImageSets', 'Segmentation', 'train_cls.txt');
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`error: ${error.message}\n  --data DIR names a VOC devkit with label files.`);
  }
  const lines = text.split(/\r?\n/).filter(Boolean);
  const images = lines.map((line) => {
    const [id, ...classes] = line.trim().split(/\s+/);
    return { id, classes: classes.map(Number) };
  });
  const step = limit === null ? 1 : Math.max(1, images.length / limit);
  return images.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(0, limit ?? undefined);
}

/** The target's half and the other one, the same for a seed. */
async function halves({ data, limit, seed }) {
  const order = shuffled(await readTrain(data, limit), seedrandom.alea(`${seed}:halves`));
  const middle = Math.ceil(order.length / 2);
  const byId = (a, b) => (a.id < b.id ? -1 : 1);
  return { target: order.slice(0, middle).sort(byId), other: order.slice(middle).sort(byId) };
}

async function put(file, content) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** Half of the photos with labels and ground truth, as a VOC devkit. */
export async function writeTarget(options, folder) {
  const { target } = await halves(options);
  await rm(folder, { recursive: true, force: true });
  for (const { id } of target) {
    for (const file of [join('JPEGImages', `${id}.jpg`), join('SegmentationClass', `${id}.png`)]) {
      await copy(join(options.data, file), join(folder, file));
    }
  }
  const lists = join(folder, 'ImageSets', 'Segmentation');
  await put(join(lists, 'train.txt'), target.map(({ id }) => `${id}\n`).join(''));
  await put(join(lists, 'train_cls.txt'), target.map(({ id, classes }) => `${id} ${classes.join(' ')}\n`).join(''));
  return { photos: target.length };
}

/** The single-label photos of the other half in other colours, one folder a class. */
export async function writeSingle(options, names, folder) {
  const { other } = await halves(options);
  await rm(folder, { recursive: true, force: true });
  const single = other.filter(({ classes }) => classes.length === 1);
  for (const { id, classes } of single) {
    const { hue, saturation, slope, offset } = SHIFT;
    const photo = sharp(join(options.data, 'JPEGImages', `${id}.jpg`));
    const shifted = await photo.modulate({ hue, saturation }).linear(slope, offset).jpeg({ quality: 92 }).toBuffer();
    await put(join(folder, names[classes[0]], `single-${id}.jpg`), shifted);
  }
  return { photos: single.length };
}

/**
 * The other half as a search engine would have found it: one folder a keyword, the keyword of some of them none of their
 * labels. Returns which.
 */
export async function writeWeb(options, names, folder) {
  const { other } = await halves(options);
  await rm(folder, { recursive: true, force: true });
  const rng = seedrandom.alea(`${options.seed}:web`);
  const pick = (list) => list[Math.floor(rng() * list.length)];
  const wrong = new Set(shuffled(other, rng).slice(0, Math.round(WRONG_SHARE * other.length)));
  const planted = [];
  for (const image of other) {
    const { id, classes } = image;
    const others = names.map((_, k) => k).filter((k) => !classes.includes(k));
    const keyword = names[pick(wrong.has(image) ? others : classes)];
    await copy(join(options.data, 'JPEGImages', `${id}.jpg`), join(folder, keyword, `web-${id}.jpg`));
    if (wrong.has(image)) planted.push(`${keyword}/web-${id}`);
  }
  return { photos: other.length, planted };
}

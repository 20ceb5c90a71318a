import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { jpeg, put, vocDevkit } from '../dataset.js';
import { forgedPng, forgedTiff, packedZeros } from './pictures.js';

const kinds: Record<string, (photo: Sharp) => Sharp> = {
  jpg: (photo) => photo.jpeg(),
  png: (photo) => photo.png(),
  webp: (photo) => photo.webp({ lossless: true }),
  tif: (photo) => photo.tiff({ compression: 'lzw' }),
  gif: (photo) => photo.gif(),
  avif: (photo) => photo.avif(),
};

/** A noisy photo as a file of the kind. */
function photoAs(kind: string): Promise<Buffer> {
  const [width, height] = [64, 48];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251);
  return kinds[kind](sharp(data, { raw: { width, height, channels: 3 } })).toBuffer();
}

/** A copy with a bit in every 50 bytes flipped. */
const flipped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, i) => (i % 50 === 17 ? byte ^ (1 << i % 8) : byte))); // prettier-ignore

/** What a hostile devkit holds, by what must become of it. */
export interface HostileDevkit {
  root: string;
  /** Ids that must be imported. */
  sound: string[];
  /** Ids that must not be imported, each with a reason. */
  broken: string[];
  /** Ids that may be imported or have a reason: not every wrong bit can be seen. */
  doubtful: string[];
}

/** A VOC devkit in `root`: photos of each kind, whole and broken, and a list that names everything it should not. */
export async function hostileDevkit(root: string, outside: string): Promise<HostileDevkit> {
  const names: Record<'sound' | 'broken' | 'doubtful', string[]> = { sound: [], broken: [], doubtful: [] };
  const photo = (is: keyof typeof names, name: string, bytes: Uint8Array): void => {
    put(root, `JPEGImages/${name}`, bytes);
    names[is].push(name.replace(/\.[^.]*$/, ''));
  };
  await vocDevkit(root, [{ id: 'with-truth', classes: [0] }]);
  names.sound.push('with-truth');
  for (const kind of Object.keys(kinds)) {
    const bytes = await photoAs(kind);
    photo('sound', `good-${kind}.${kind}`, bytes);
    photo('broken', `cut-${kind}.${kind}`, bytes.subarray(0, bytes.length / 2));
    photo('doubtful', `flipped-${kind}.${kind}`, flipped(bytes));
  }
  photo('broken', 'giga-png.png', forgedPng(100_000, 100_000, packedZeros(64)));
  photo('broken', 'giga-tif.tif', forgedTiff(100_000, 100_000));
  photo('doubtful', 'bomb.png', forgedPng(8, 8, packedZeros(256)));
  photo('broken', 'empty.jpg', Buffer.alloc(0));
  // Windows devices, and names that a file system may take for the same.
  for (const name of ['con', 'aux.1', 'LPT9']) photo('broken', `${name}.jpg`, await jpeg());
  for (const name of ['Case', 'case', 'caf\u00e9', 'cafe\u0301']) photo('doubtful', `${name}.jpg`, await jpeg());
  const link = (name: string, target: string): void => {
    symlinkSync(target, join(root, `JPEGImages/${name}.jpg`));
    names.broken.push(name);
  };
  link('link-out', join(outside, 'secret.txt'));
  link('link-loop', 'link-loop.jpg');
  link('link-endless', '/dev/zero');
  execFileSync('mkfifo', [join(root, 'JPEGImages/pipe.jpg')]);
  names.broken.push('pipe', 'not-there', '../outside/photo', 'C:/photo', 'trailing.');
  put(root, 'SegmentationClass/good-jpg.png', forgedPng(100_000, 100_000, packedZeros(1)));
  const listed = [...names.sound, ...names.broken, ...names.doubtful, join(outside, 'photo'), 'C:\\photo'];
  put(root, 'ImageSets/Segmentation/train.txt', `${listed.join('\n')}\n${'with-truth\n'.repeat(1_000_000)}`);
  put(root, 'ImageSets/Segmentation/train_cls.txt', listed.map((id) => `${id} 0\n`).join(''));
  return { root, ...names };
}

/** Photos in a folder under names that are no ids. Returns how many there are. */
export async function strangeNames(root: string): Promise<number> {
  put(root, 'good.jpg', await jpeg());
  const names = ['line\nbreak.jpg', '\u001b[31mred.jpg', 'con.jpg', 'Same.jpg', 'same.jpg', 'back\\slash.jpg'];
  for (const name of names) put(root, name, await jpeg());
  // No UTF-8: Node cannot name it in text.
  writeFileSync(
    Buffer.concat([Buffer.from(join(root, 'bad-')), Buffer.of(0xff, 0xfe), Buffer.from('.jpg')]),
    await jpeg(),
  );
  symlinkSync(root, join(root, 'endless'));
  return names.length + 2;
}

/** Everything below a folder with its size and the time of its latest change, links not followed. */
export function everythingBelow(folder: string | Buffer): string[] {
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).flatMap((entry) => {
    const path = Buffer.concat([Buffer.from(folder), Buffer.from('/'), entry.name]);
    const { size, mtimeMs } = lstatSync(path);
    return [`${path.toString('latin1')} ${size} ${mtimeMs}`, ...(entry.isDirectory() ? everythingBelow(path) : [])];
  });
}

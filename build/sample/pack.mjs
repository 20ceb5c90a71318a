import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { zipSync } from 'fflate';
import Database from 'libsql';
import sharp from 'sharp';
import { recipe } from './plan.mjs';

/** A time for every entry, so that the same files make the same archive. */
const TIME = new Date(2020, 0, 1);

/** What the index says that the maps were made with. */
function madeWith(project, name) {
  const index = new Database(join(project, 'index.sqlite'), { readonly: true });
  try {
    const row = index.prepare("SELECT settings FROM artifacts WHERE kind = 'maps' AND name = ?").get(name);
    return JSON.parse(row.settings);
  } finally {
    index.close();
  }
}

/** Maps as lossless WebP, which takes two thirds of what a PNG does: the reader writes them as PNG again. */
async function packedMaps(project, name) {
  const folder = join(project, 'maps', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
  return Promise.all(
    files.map(async (file) => {
      const bytes = await sharp(join(folder, file)).webp({ lossless: true, effort: 6 }).toBuffer();
      return [`maps/${name}/${parse(file).name}.webp`, bytes];
    }),
  );
}

/** Writes the archive of a project that was made by the steps of the plan. */
export async function pack(project, archive) {
  const { run, maps } = recipe;
  const folder = join(project, 'runs', run);
  const { settings } = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
  const checkpoint = `epoch-${settings.epochs}.safetensors`;
  const stored = { ...recipe, maps: maps.map((name) => ({ name, settings: madeWith(project, name) })) };
  const entries = [
    ['recipe.json', Buffer.from(`${JSON.stringify(stored, null, 2)}\n`)],
    ...['settings.json', 'log.jsonl', 'metrics.json'].map((file) => [`run/${file}`, readFileSync(join(folder, file))]),
    [`run/checkpoints/${checkpoint}`, readFileSync(join(folder, 'checkpoints', checkpoint))],
    ...(await Promise.all(maps.map((name) => packedMaps(project, name)))).flat(),
  ];
  const files = Object.fromEntries(entries.map(([name, bytes]) => [name, new Uint8Array(bytes)]));
  const zipped = zipSync(files, { level: 9, mtime: TIME });
  writeFileSync(archive, zipped);
  return { bytes: zipped.length, entries: entries.length };
}

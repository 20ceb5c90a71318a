import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { decodeLabelMap } from '../../electron/engine/images/index.js';
import { doWork } from '../../renderer/workers/mask-work.js';
import { Edit } from '../../shared/label-map/edit.js';
import type { Outcome } from '../../shared/label-map/outcome.js';
import { fillOutline } from '../../shared/label-map/polygon.js';
import { free, rulesFor } from '../../shared/label-map/rules.js';
import { stroke } from '../../shared/label-map/stroke.js';
import { fillSuperpixel, superpixelLevels } from '../../shared/label-map/superpixel.js';
import { tipOf } from '../../shared/label-map/tip.js';
import type { Segmentation } from '../../shared/superpixels/slic.js';
import type { LabelMap } from '../../shared/types.js';
import { comask } from './cli.js';

/** A place of an image, or a pixel of it. */
export type Spot = readonly [x: number, y: number];
interface Size {
  width: number;
  height: number;
}

/** The middle of a pixel. */
export const middleOf = ([x, y]: Spot): Spot => [x + 0.5, y + 0.5];

/** A project of small scenes in `folder`/scenes with masks `others`; returns its folder. */
export async function projectWithMasks(folder: string, { images = 6, classes = 4, size = '160x120' } = {}) {
  const [photos, root] = [join(folder, 'photos'), join(folder, 'scenes')];
  await comask('sample', photos, '--images', String(images), '--classes', String(classes), '--size', size);
  expect(await comask('new', root, '--dataset', photos)).toMatchObject({ exitCode: 0 });
  const masks = ['--from', join(photos, 'SegmentationClass'), '--masks', 'others'];
  expect(await comask('import', 'masks', root, ...masks)).toMatchObject({ exitCode: 0 });
  return root;
}

/** The mask of an image as it lies on the disk. */
export const savedMask = (root: string, set: string, id: string): LabelMap =>
  decodeLabelMap(readFileSync(join(root, 'masks', set, `${id}.png`)), set);

/** Where a place of the image that is edited is on the screen. */
export async function onScreen(page: Page, [x, y]: Spot, { width, height }: Size): Promise<[number, number]> {
  const box = (await page.locator('img.photo').boundingBox())!;
  return [box.x + (x * box.width) / width, box.y + (y * box.height) / height];
}

/** Draws with the left button from place to place of the image. */
export async function dragOver(page: Page, size: Size, ...places: Spot[]): Promise<void> {
  await page.mouse.move(...(await onScreen(page, places[0], size)));
  await page.mouse.down();
  for (const place of places.slice(1)) await page.mouse.move(...(await onScreen(page, place, size)));
  await page.mouse.up();
}

/** Label of the first class of an image of the only project, which the key 1 takes up: its name stands first in the palette. */
export const firstLabelOf = (page: Page, id: string): Promise<number> =>
  page.evaluate(`(async () => {
    const { projects } = await (await fetch('/api/projects')).json();
    const { classes } = await (await fetch('/api/projects/' + projects[0].key + '/images/${id}')).json();
    return classes[0] + 1;
  })()`);

/** The superpixels of the photo that is edited, from its pixels as that browser reads them. */
export async function superpixelsOf(page: Page, level: number): Promise<Segmentation> {
  const { width, height, data } = (await page.evaluate(`(async () => {
    const answer = await fetch(document.querySelector('img.photo').src);
    const bitmap = await createImageBitmap(await answer.blob());
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: [...context.getImageData(0, 0, width, height).data] };
  })()`)) as Size & { data: number[] };
  const photo = { width, height, data: Uint8ClampedArray.from(data) };
  return doWork('superpixels', { photo, count: superpixelLevels[level] });
}

/** What a mask should be, by the same operations without a page. Each must change something, so that it can fail. */
export class ExpectedMask {
  constructor(readonly map: LabelMap) {}

  get pixels(): Uint8Array {
    return this.map.data.slice();
  }

  /** A line of a round brush from pixel to pixel. */
  brush([x, y]: Spot, [toX, toY]: Spot, size: number, label: number): this {
    return this.#change((edit) => stroke(edit, { x, y }, { x: toX, y: toY }, tipOf('round', size), label));
  }
  /** What lies inside an outline of places. */
  outline(places: readonly Spot[], label: number): this {
    return this.#change((edit) => fillOutline(edit, places.map(([x, y]) => ({ x, y })), label, 'add')); // prettier-ignore
  }
  /** The superpixel that a pixel is in. */
  superpixel(regions: Segmentation, [x, y]: Spot, label: number): this {
    return this.#change((edit) => fillSuperpixel(edit, regions, { x, y }, label));
  }

  #change(work: (edit: Edit) => Outcome): this {
    expect(work(new Edit(this.map, rulesFor(this.map, free)))).toMatchObject({ ok: true });
    return this;
  }
}

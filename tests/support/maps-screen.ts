import type { Locator, Page } from 'playwright-core';

/** Parts of the screen of references and maps. */
export const candidatesOf = (page: Page): Locator => page.getByRole('list', { name: 'Candidates' }).getByRole('button');
export const setOf = (page: Page): Locator => page.getByRole('list', { name: 'Images of the set' }).getByRole('button');
export const paneOf = (page: Page, name: string): Locator => page.getByRole('region', { name });

/** Colours of a pane's canvas, as one number to compare. */
export const drawnIn = (page: Page, name: string): Promise<number> =>
  paneOf(page, name).locator('canvas').first().evaluate((canvas: { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } }) =>
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.reduce((sum, value, i) => (sum * 31 + value * (i + 1)) % 1_000_003, 7),
  ); // prettier-ignore

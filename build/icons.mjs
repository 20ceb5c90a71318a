/**
 * Draws the app's icon, build/icons/comask.svg, as dist/icon.png: for the window, and for electron-builder, which makes
 * the icons of each system from it.
 *
 * Usage: node build/icons.mjs
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)), '..');
/** Pixels a side: the largest that a system asks for. */
const SIDE = 1024;

/** Where the icon lies once it is drawn, below the root. */
export const ICON = 'dist/icon.png';

/** Writes the icon. */
export async function drawIcon() {
  const { default: sharp } = await import('sharp');
  await mkdir(resolve(root, 'dist'), { recursive: true });
  await sharp(resolve(root, 'build/icons/comask.svg')).resize(SIDE).png({ palette: true }).toFile(resolve(root, ICON));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await drawIcon();

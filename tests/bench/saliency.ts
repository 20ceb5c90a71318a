/**
 * Saliency maps by U2-Net-p at 320x320 of photos of 500x375 in memory: squashed, normalised, computed, stretched and
 * resized. The peer, peers/saliency.py, does the same with ONNX Runtime in Python.
 *
 * Usage: npm run bench -- saliency [--u2netp FILE]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { saliencySettings } from '../../shared/settings/saliency.js';
import type { RgbImage } from '../../shared/types.js';
import { onnxSource } from '../../electron/engine/learn/saliency/onnx.js';
import { photoOf } from './support/photos.js';
import { benchSide } from './support/side.js';

const [PHOTOS, WIDTH, HEIGHT] = [5, 500, 375];
const BYTES = WIDTH * HEIGHT * 3;

await benchSide(
  async (folder) => {
    const pixels = new Uint8Array(PHOTOS * BYTES);
    for (let i = 0; i < PHOTOS; i++) pixels.set(photoOf(i, WIDTH, HEIGHT).data, i * BYTES);
    writeFileSync(join(folder, 'photos.u8'), pixels);
  },
  async (folder, { threads, model }) => {
    const pixels = new Uint8Array(readFileSync(join(folder, 'photos.u8')));
    const photos = Array.from({ length: PHOTOS }, (_, i): RgbImage => {
      return { width: WIDTH, height: HEIGHT, data: pixels.slice(i * BYTES, (i + 1) * BYTES) };
    });
    const network = await onnxSource.open(saliencySettings.resolve({ source: 'onnx', path: model, threads }));
    const check: number[] = [];
    for (const photo of photos) {
      const { data } = await network.saliencyOf(photo, '');
      check.push(data.reduce((sum, value) => sum + value, 0) / data.length);
    }
    const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
    return {
      versions: { node: process.versions.node, 'onnxruntime-node': version },
      check,
      round: async () => {
        for (const photo of photos) await network.saliencyOf(photo, '');
        return PHOTOS;
      },
    };
  },
);

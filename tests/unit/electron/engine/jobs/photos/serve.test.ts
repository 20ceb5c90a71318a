import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import type { FromPhotoThread, ToPhotoThread } from '../../../../../../electron/engine/jobs/photos/messages.js';
import { servePhotos } from '../../../../../../electron/engine/jobs/photos/serve.js';
import { decodePhoto } from '../../../../../../electron/engine/images/index.js';
import { seenPhoto } from '../../../../../../electron/engine/learn/train/seen.js';
import { scene } from '../../../../../support/scenes.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const settings = trainSettings.resolve({ inputSize: 32, 'pairs.self': ['mirror', '2'] });

async function answerTo(request: Omit<ToPhotoThread, 'number'>): Promise<FromPhotoThread> {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  servePhotos(port2, settings);
  const answer = once(port1, 'message');
  port1.postMessage({ ...request, number: 7 } satisfies ToPhotoThread);
  return (await answer)[0] as FromPhotoThread;
}

describe('a thread that prepares photos', () => {
  it.each([true, false])('gives what the thread of the training itself would (views: %s)', async (withViews) => {
    const path = join(temporaryFolder(), 'photo.jpg');
    const { data, width, height } = scene(60, 3, [0, 1]);
    await sharp(data, { raw: { width, height, channels: 3 } }).toFile(path);
    const purpose = ['augment', 1, 2, 3, 0];
    const expected = seenPhoto(await decodePhoto(path), settings, purpose, withViews);
    expect(expected).toHaveLength(withViews ? 3 : 1);
    expect(await answerTo({ path, purpose, withViews })).toEqual({ number: 7, images: expected });
  });

  it('gives the error of a photo that cannot be read', async () => {
    const path = join(temporaryFolder(), 'photo.jpg');
    writeFileSync(path, 'no photo');
    expect(await answerTo({ path, purpose: [], withViews: false })).toMatchObject({
      number: 7,
      error: { code: 'file-damaged', file: path },
    });
  });
});

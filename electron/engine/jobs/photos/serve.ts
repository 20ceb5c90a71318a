import type { MessagePort } from 'node:worker_threads';
import { errorDetails } from '../../../../shared/errors.js';
import { WORKING_PIXELS, decodePhoto } from '../../images/index.js';
import { seenPhoto, type SeenSettings } from '../../learn/train/seen.js';
import type { FromPhotoThread, ToPhotoThread } from './messages.js';

async function answer(request: ToPhotoThread, settings: SeenSettings): Promise<FromPhotoThread> {
  const { number, path, purpose, withViews } = request;
  try {
    return { number, images: seenPhoto(await decodePhoto(path, WORKING_PIXELS), settings, purpose, withViews) };
  } catch (error) {
    return { number, error: errorDetails(error) };
  }
}

/** Answers requests for photos, one after another: a whole batch of large photos is never decoded at once. */
export function servePhotos(port: Pick<MessagePort, 'on' | 'postMessage'>, settings: SeenSettings): void {
  let last: Promise<void> = Promise.resolve();
  port.on('message', (request: ToPhotoThread) => {
    last = last.then(async () => {
      const message = await answer(request, settings);
      const buffers = 'images' in message ? message.images.map(({ data }) => data.buffer as ArrayBuffer) : [];
      port.postMessage(message, buffers);
    });
  });
}

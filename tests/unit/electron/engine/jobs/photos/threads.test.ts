import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { photoThreads, type PhotoThreads } from '../../../../../../electron/engine/jobs/photos/threads.js';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const settings = trainSettings.resolve({ inputSize: 48 });

/** Threads that answer each request with what `source` makes of `request`. */
function threadsOf(source: string, pathOf = (id: string) => `/photos/${id}`): PhotoThreads {
  const file = join(temporaryFolder(), 'photos.mjs');
  writeFileSync(
    file,
    `import { parentPort, workerData } from 'node:worker_threads';
     const answer = (images) => ({ width: images, height: 1, data: new Uint8Array(3) });
     parentPort.on('message', (request) => { ${source} });`,
  );
  const threads = photoThreads(pathOf, settings, { workerFile: pathToFileURL(file), count: 2 })!;
  onTestFinished(() => threads.close());
  return threads;
}

describe('threads that prepare photos', () => {
  it('give each request its own answer, whatever the order they come in', async () => {
    const threads = threadsOf(
      `setTimeout(() => parentPort.postMessage({ number: request.number, images: [answer(request.number), request, workerData.inputSize] }), 20 - 4 * request.number);`,
    );
    const answers = await Promise.all([0, 1, 2, 3, 4].map((i) => threads.see(`${i}.jpg`, ['a', i], i === 0)));
    answers.forEach((answer, i) => {
      expect(answer).toEqual([
        expect.objectContaining({ width: i }),
        { number: i, path: `/photos/${i}.jpg`, purpose: ['a', i], withViews: i === 0 },
        48,
      ]);
    });
  });

  it('throw what the decoder threw, and go on', async () => {
    const threads = threadsOf(
      `parentPort.postMessage(request.number === 0
         ? { number: 0, error: { code: 'file-damaged', message: 'cut short', file: request.path } }
         : { number: request.number, images: [answer(1)] });`,
    );
    const [failed, ...made] = await Promise.allSettled([0, 1, 2].map(() => threads.see('a', [], false)));
    expect(failed).toMatchObject({ reason: { code: 'file-damaged', file: '/photos/a' } });
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('throw what naming the file throws', async () => {
    const threads = threadsOf('', () => {
      throw new Error('no such image');
    });
    await expect(threads.see('a', [], false)).rejects.toThrow('no such image');
  });

  it.each([
    ['ends', 'process.exit(3)', /exit code 3/],
    ['breaks', `throw new Error('broken')`, /broken/],
  ])('say that a thread %s, to who waits for it and to who asks it later', async (_, death, message) => {
    const threads = threadsOf(`if (request.number % 2 === 0) { ${death} } parentPort.postMessage({ number: request.number, images: [] });`); // prettier-ignore
    await expect(threads.see('a', [], false)).rejects.toMatchObject({ code: 'internal', message });
    await expect(threads.see('b', [], false)).resolves.toEqual([]);
    await expect(threads.see('c', [], false)).rejects.toMatchObject({ code: 'internal', message });
  });

  it('are none where the bundle is not there', () => {
    const workerFile = pathToFileURL(join(temporaryFolder(), 'photos.mjs'));
    expect(photoThreads(String, settings, { workerFile })).toBeNull();
  });
});

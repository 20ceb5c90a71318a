import { beforeAll, describe, expect, it } from 'vitest';
import { localizeSettings, trainSettings } from '../../../../../shared/settings/index.js';
import { localize } from '../../../../../electron/engine/learn/localize/localize.js';
import { classifierParameters } from '../../../../../electron/engine/learn/nets/classifier.js';
import { loadTensorflow } from '../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../electron/engine/learn/runtime/tensorflow.js';
import { firstWeights } from '../../../../../electron/engine/learn/train/state.js';
import { train } from '../../../../../electron/engine/learn/train/train.js';
import { scenes } from '../../../../support/scenes.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 3;
/** What COMASK_LONG_RUN says (10,000 for the figures in docs/benchmarks.md), else what takes seconds. */
const IMAGES = Number(process.env.COMASK_LONG_RUN ?? 1000);
const MINUTES = Math.max(2, IMAGES / 500);
/** Growth that caches, pools of threads and the garbage collector may still make once all of them are in use. */
const SLACK_MB = 48;

/** Resident size in MB whenever another hundredth of the work is done. */
class Watch {
  readonly #sizes: number[] = [];
  #next = 0;

  look(share: number): void {
    if (share < this.#next) return;
    this.#next = share + 0.01;
    this.#sizes.push(process.memoryUsage.rss() / 2 ** 20);
  }

  /** The middle size of the last fifth of the work less that of the second. */
  growth(): number {
    expect(this.#sizes.length).toBeGreaterThan(90);
    const middle = (from: number, to: number): number => this.#sizes.slice(from, to).sort((a, b) => a - b)[(to - from) >> 1]; // prettier-ignore
    return middle(75, 95) - middle(20, 40);
  }
}

describe(`memory over ${IMAGES} images`, () => {
  const settings = trainSettings.resolve({ backbone: 'tiny', epochs: 1, inputSize: 32, batchSize: 5 });

  it(
    'stays flat while maps are made',
    async () => {
      const { images, readPhoto } = scenes(IMAGES, CLASSES);
      const watch = new Watch();
      let maps = 0;
      await localize(
        {
          ...{ tf, trainSettings: settings, classCount: CLASSES, images, pool: images, readPhoto },
          weights: firstWeights(classifierParameters(settings, CLASSES), null, 1),
          fixedReferences: () => [],
          onMaps: async (_id, _photo, made) => void (maps += made.length),
        },
        localizeSettings.resolve({
          inputSize: 32,
          scales: [1],
          refine: 'none',
          'references.count': 2,
          'cache.megabytes': 16,
        }),
        ({ done, total }) => watch.look(done / total),
        new AbortController().signal,
      );
      expect(maps).toBeGreaterThanOrEqual(IMAGES);
      expect(watch.growth()).toBeLessThan(SLACK_MB);
    },
    MINUTES * 60_000,
  );

  it(
    'stays flat while a net is trained',
    async () => {
      const { images, readPhoto } = scenes(IMAGES, CLASSES);
      const watch = new Watch();
      let step = 0;
      await train(
        { tf, images, classCount: CLASSES, readPhoto, backboneWeights: null, resume: null },
        settings,
        { onProgress: () => undefined, onLog: () => watch.look((++step * settings.batchSize) / IMAGES), onCheckpoint: () => undefined }, // prettier-ignore
        new AbortController().signal,
      );
      expect(watch.growth()).toBeLessThan(SLACK_MB);
    },
    MINUTES * 60_000,
  );
});

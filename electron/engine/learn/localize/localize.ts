import { errorDetails, StudioError } from '../../../../shared/errors.js';
import { startPace } from '../../../../shared/pace.js';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';
import { closeContext, openContext } from './context.js';
import { mapsOf, sourceOf, type Context } from './imageMaps.js';
import { strategies } from './references/strategies.js';
import type { LocalizeInputs } from './types.js';

export type { LocalizationMap, LocalizeImage, LocalizeInputs } from './types.js';

/** Computes the descriptors that a strategy compares images by. */
async function describePool(context: Context, onProgress: OnProgress, signal: AbortSignal): Promise<void> {
  const { inputs, settings, cache } = context;
  if (settings.mode !== 'multi' || !strategies[settings['references.strategy']].needsDescriptors) return;
  const ids = [...new Set([...inputs.pool, ...inputs.images].map(({ id }) => id))];
  const pace = startPace();
  for (const [index, id] of ids.entries()) {
    stopIf(signal);
    await sourceOf(context, id);
    cache.trim();
    const timed = pace.tick(index + 1, ids.length);
    onProgress({ stage: 'comparing', done: index + 1, total: ids.length, unit: 'images', ...timed });
  }
}

function stopIf(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new StudioError({
    code: 'interrupted',
    message: 'the localization was stopped',
    remedy: 'Start it again: the maps that are made are kept.',
  });
}

/**
 * Makes the localization maps of images: one a labelled class (docs/method.md).
 *
 * A photo that cannot be read is reported and the rest goes on.
 *
 * @throws StudioError `interrupted` after an abort, `weights-mismatch` where the weights are not of this classifier
 */
export async function localize(
  inputs: LocalizeInputs,
  settings: LocalizeSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<{ images: number; maps: number; failures: Failure[] }> {
  const context = openContext(inputs, settings, signal);
  const failures: Failure[] = [];
  let maps = 0;
  try {
    await describePool(context, onProgress, signal);
    const pace = startPace();
    for (const [index, image] of inputs.images.entries()) {
      stopIf(signal);
      try {
        const photo = await inputs.readPhoto(image.id);
        const made = await mapsOf(context, image, photo);
        await inputs.onMaps(image.id, photo, made);
        maps += made.length;
      } catch (error) {
        const details = errorDetails(error);
        if (!details.code.startsWith('file-')) throw error;
        failures.push({
          id: image.id,
          file: details.file ?? image.id,
          code: details.code,
          reason: details.message,
          action: 'no map was made',
        });
      }
      context.cache.trim();
      const [done, total] = [index + 1, inputs.images.length];
      onProgress({ stage: 'localizing', done, total, unit: 'images', ...pace.tick(done, total) });
    }
    return { images: inputs.images.length - failures.length, maps, failures };
  } finally {
    closeContext(context);
  }
}

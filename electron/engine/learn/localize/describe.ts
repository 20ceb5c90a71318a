import { errorDetails, StudioError } from '../../../../shared/errors.js';
import { startPace } from '../../../../shared/pace.js';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';
import { closeContext, openContext } from './context.js';
import { sourceOf, type Context } from './imageMaps.js';

export interface DescribeInputs extends Omit<Context['inputs'], 'fixedReferences' | 'pool'> {
  /** Called once an image, in order. The descriptor is the image's features pooled over its positions, of unit length. */
  onDescriptor(id: string, descriptor: Float32Array): void;
}

/**
 * Computes what images are compared by. A photo that cannot be read is reported and the rest goes on.
 *
 * @throws StudioError `interrupted` after an abort, `weights-mismatch` where the weights are not of this classifier
 */
export async function describeImages(
  { onDescriptor, ...inputs }: DescribeInputs,
  settings: LocalizeSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Failure[]> {
  // Each image is looked at once: what goes from memory is not worth a place on disk.
  const once = { ...settings, 'cache.diskMegabytes': 0 };
  const context = openContext({ ...inputs, pool: inputs.images, fixedReferences: () => [] }, once, signal);
  const failures: Failure[] = [];
  try {
    const pace = startPace();
    const total = inputs.images.length;
    for (const [index, { id }] of inputs.images.entries()) {
      if (signal.aborted) throw new StudioError({ code: 'interrupted', message: 'comparing images was stopped' });
      try {
        await sourceOf(context, id);
        onDescriptor(id, context.descriptors.get(id)!);
      } catch (error) {
        const { code, file = id, message } = errorDetails(error);
        if (!code.startsWith('file-')) throw error;
        failures.push({ id, file, code, reason: message, action: 'it is compared with no other image' });
      }
      context.descriptors.clear();
      context.cache.trim();
      const done = index + 1;
      onProgress({ stage: 'comparing', done, total, unit: 'images', ...pace.tick(done, total) });
    }
    return failures;
  } finally {
    closeContext(context);
  }
}

import { expect, it } from 'vitest';
import { measurableOf } from '../../../../../renderer/composables/runs/next-job.js';
import { jobRequestSchema } from '../../../../../shared/api/index.js';

it.each([
  [
    { kind: 'localize', run: 'r', maps: 'm', split: 'train' },
    { kind: 'maps', name: 'm', split: 'train' },
  ],
  [
    { kind: 'saliency', saliency: 's' },
    { kind: 'saliency', name: 's' },
  ],
  [
    { kind: 'masks', masks: 'f', maps: 'm', split: 'val' },
    { kind: 'masks', name: 'f', split: 'val' },
  ],
  [
    { kind: 'segment-predict', run: 'r', predictions: 'p' },
    { kind: 'predictions', name: 'p' },
  ],
  [
    { kind: 'segment-predict', run: 'r', predictions: 'p', as: 'masks' },
    { kind: 'masks', name: 'p' },
  ],
  [{ kind: 'train', run: 'r' }, null],
  [{ kind: 'evaluate', of: 'masks', set: 'f' }, null],
])('of %o %o can be measured next', (request, set) =>
  expect(measurableOf(jobRequestSchema.parse(request))).toEqual(set),
);

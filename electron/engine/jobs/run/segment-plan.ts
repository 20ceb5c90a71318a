import { existsSync } from 'node:fs';
import { StudioError } from '../../../../shared/errors.js';
import { segmentSettings, type Preset, type SegmentSettings } from '../../../../shared/settings/index.js';
import { weightsPath } from '../../learn/weights/catalogue/find.js';
import type { Project } from '../../project/project.js';
import { runFiles } from './files.js';
import type { RunMode } from './open.js';
import { readSegmentRecord, type SegmentRecord } from './segment-record.js';

/** What a person asks of the training of a segmenter; what is left out is not asked for. */
export interface SegmentRequest {
  run: string;
  mode: RunMode;
  preset?: Preset;
  overrides: Partial<SegmentSettings>;
  /** Set to learn from. */
  masks?: string;
  /** What that names. */
  of?: 'masks' | 'predictions';
  /** Mask set with which the other's agreement is what an image counts. */
  agreement?: string;
  /** File or folder, or a name of the catalogue. */
  weights?: string;
  split?: string;
  /** Split to measure on; null for none. */
  validate?: string | null;
}

export interface SegmentPlan {
  preset: Preset;
  settings: SegmentSettings;
  masks: SegmentRecord['masks'];
  agreement: string | null;
  /** Absolute. */
  weights: string | null;
  split: string | null;
  validate: string | null;
}

/** The split that is measured on where nobody says. */
const VALIDATION = 'val';

function masksOf({ masks, of = 'masks' }: SegmentRequest, settings: SegmentSettings): SegmentRecord['masks'] {
  if (masks !== undefined) return { kind: of, name: masks };
  if (settings['masks.only'] === 'corrected') return null;
  throw new StudioError({
    code: 'usage',
    message: 'nothing to learn from was named',
    remedy: 'Name a mask set (--masks), predictions (--predictions), or set masks.only=corrected.',
  });
}

/**
 * All values of a training: what is asked for over the preset's, or, to go on with a run that is there, over those it was
 * started with. So `--resume` alone goes on, and anything asked for otherwise shows up as a difference. Throws `usage`.
 */
export function planSegmentTraining({ paths, store }: Project, request: SegmentRequest): SegmentPlan {
  const { mode, preset, overrides } = request;
  const files = runFiles(paths.run(request.run));
  const weights = request.weights === undefined ? undefined : weightsPath(request.weights);
  if (mode !== 'resume' || !existsSync(files.settings)) {
    const settings = segmentSettings.resolve(overrides, preset);
    const measurable = store.countImages({ split: VALIDATION, withTruth: true }) > 0;
    return {
      preset: preset ?? 'studio',
      settings,
      masks: masksOf(request, settings),
      agreement: request.agreement ?? null,
      weights: weights ?? null,
      split: request.split ?? null,
      validate: request.validate === undefined ? (measurable ? VALIDATION : null) : request.validate,
    };
  }
  const started = readSegmentRecord(files);
  const settings = preset ? segmentSettings.resolve(overrides, preset) : { ...started.settings, ...overrides };
  return {
    preset: preset ?? started.preset,
    settings,
    masks: request.masks === undefined ? started.masks : masksOf(request, settings),
    agreement: request.agreement ?? started.agreement,
    weights: weights ?? started.weights,
    split: request.split ?? started.split,
    validate: request.validate === undefined ? (started.validation?.split ?? null) : request.validate,
  };
}

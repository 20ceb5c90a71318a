/** What a long piece of work does at a time; shared/locales says it in words (stage.json). */
export const stages = [
  'classifying',
  'comparing',
  'downloading',
  'drawing',
  'epoch',
  'exporting',
  'importing',
  'importing-maps',
  'importing-masks',
  'localizing',
  'masks',
  'measuring',
  'ranking',
  'report',
  'saliency',
  'segmenting',
  'threshold',
  'training',
  'unpacking',
  'unpacking-maps',
  'validating',
  'working',
] as const;
export type Stage = (typeof stages)[number];

/** How far a long piece of work is; sent several times a second at most. */
export interface Progress {
  stage: Stage;
  /** Which one of its kind: the epoch, the step that is validated, the file that is fetched. */
  part?: number | string;
  /** How many epochs there are. */
  parts?: number;
  done: number;
  total: number;
  /** What `done` and `total` count, e.g. `images`. */
  unit: string;
  /** Units a second, measured lately. */
  rate?: number;
  secondsLeft?: number;
  /** Figures to show beside it, e.g. the parts of the loss. */
  values?: Record<string, number>;
}

export type OnProgress = (progress: Progress) => void;

/** Tells one stage from the next: two epochs are two. Empty before there is one. */
export const stageKey = (progress: Pick<Progress, 'stage' | 'part'> | null | undefined): string =>
  progress ? `${progress.stage} ${progress.part ?? ''}` : '';

/** Share of the work that is done, 0..1; null before it is known. Epochs count alike. */
export function shareDone(progress: Progress | null): number | null {
  if (!progress || progress.total <= 0) return null;
  const within = Math.min(1, Math.max(0, progress.done / progress.total));
  const { stage, part, parts } = progress;
  return stage === 'epoch' && parts ? (Number(part) - 1 + within) / parts : within;
}

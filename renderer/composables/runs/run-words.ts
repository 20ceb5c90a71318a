import type { Run } from './comparison.js';

/** Whether it trains a segmenter; else a classifier. */
export const isSegmenter = (run: Pick<Run, 'task'> | undefined): run is Run => run?.task === 'segment';

/** The net that is trained. */
export const netOf = ({ task, settings }: Pick<Run, 'task' | 'settings'>): string =>
  String(task === 'segment' ? settings.segmenter : settings.backbone);

/** How far it is: epochs whose weights are kept, or steps of a segmenter, of how many. */
export const doneOf = ({ task, epochs, settings, loss }: Pick<Run, 'task' | 'epochs' | 'settings' | 'loss'>): string =>
  task === 'segment'
    ? `${loss?.steps ?? 0} / ${settings.iterations as number}`
    : `${epochs.length} / ${settings.epochs as number}`;

/** mIoU of a segmenter's best weights; undefined where none were measured. */
export function bestOf({ metrics }: Pick<Run, 'metrics'>): number | undefined {
  const best = metrics?.best as { mIoU?: unknown } | null | undefined;
  return typeof best?.mIoU === 'number' ? best.mIoU : undefined;
}

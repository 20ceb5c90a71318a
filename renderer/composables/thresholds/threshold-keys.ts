import type { MaskSettings } from '../../../shared/settings/index.js';

/** What a threshold decides, which stands beside its slider. */
export type ThresholdOf = 'foreground' | 'saliency' | 'share' | 'conflict';

/** A setting that is moved by a slider, and the histogram it is read against. */
export interface Threshold {
  key: keyof MaskSettings & string;
  of: ThresholdOf;
  /** Largest value; the smallest is 0. */
  most: number;
  step: number;
}

const unit = { most: 1, step: 0.01 } as const;
const byte = { most: 255, step: 1 } as const;

/** The sliders of a fusion rule. Without saliency the rule `plain` has a threshold of its own. */
export function thresholdsOf(rule: MaskSettings['rule'], hasSaliency: boolean): readonly Threshold[] {
  switch (rule) {
    case 'plain':
      return hasSaliency
        ? [
            { key: 'plain.background', of: 'foreground', ...unit },
            { key: 'plain.saliencyWeight', of: 'share', ...unit },
          ]
        : [{ key: 'plain.mapsBackground', of: 'foreground', ...unit }];
    case 'reference':
      return [
        { key: 'reference.foreground', of: 'foreground', ...unit },
        { key: 'reference.conflict', of: 'conflict', ...unit },
        { key: 'reference.backgroundSaliency', of: 'saliency', ...byte },
      ];
    case 'saliency':
      return [{ key: 'saliency.threshold', of: 'saliency', ...byte }];
  }
}

/** Whether a rule can be applied to what there is. */
export const canFuse = (rule: MaskSettings['rule'], has: { maps: boolean; saliency: boolean }): boolean =>
  rule === 'plain' ? has.maps : rule === 'reference' ? has.maps && has.saliency : has.saliency;

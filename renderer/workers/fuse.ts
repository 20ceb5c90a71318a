import { fusionRule } from '../../shared/fusion/registry.js';
import type { FusionInputs } from '../../shared/fusion/rule.js';
import type { MaskSettings } from '../../shared/settings/index.js';

/** Maps once, then settings again and again: only what changes crosses over. */
export type ToFuser = { inputs: FusionInputs } | { number: number; settings: MaskSettings };
export interface FromFuser {
  number: number;
  data: Uint8Array<ArrayBuffer>;
}

let inputs: FusionInputs | null = null;

addEventListener('message', ({ data }: MessageEvent<ToFuser>) => {
  if ('inputs' in data) return void (inputs = data.inputs);
  if (!inputs) return;
  const labels = Uint8Array.from(fusionRule(data.settings.rule).fuse(inputs, data.settings).data);
  postMessage({ number: data.number, data: labels } satisfies FromFuser, { transfer: [labels.buffer] });
});

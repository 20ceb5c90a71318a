import { afterEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useLiveMask } from '../../../../../renderer/composables/thresholds/useLiveMask.js';
import type { FusionInputs } from '../../../../../shared/fusion/rule.js';
import { maskSettings } from '../../../../../shared/settings/index.js';

/** Workers as the page starts them; a test answers in their place. */
class FakeWorker {
  static all: FakeWorker[] = [];
  sent: any[] = [];
  ended = false;
  onmessage: (event: { data: { number: number; data: Uint8Array } }) => void = () => undefined;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  answer(data: Uint8Array): void {
    if (!this.ended) this.onmessage({ data: { number: 0, data } });
  }
}
vi.stubGlobal('Worker', FakeWorker);
afterEach(() => void (FakeWorker.all = []));

/** A map that is 0 in its first pixel, 255 in its second, and one value elsewhere. */
const inputsOf = (width: number, height: number, value: number): FusionInputs => ({
  width,
  height,
  classes: [0],
  maps: [
    {
      classIndex: 0,
      map: { width, height, data: new Uint8Array(width * height).fill(value).fill(0, 0, 1).fill(255, 1, 2) },
    },
  ],
  saliency: null,
});
const settingsOf = (threshold: number) => maskSettings.resolve({ 'plain.mapsBackground': threshold });
/** More pixels than are fused at once. */
const large = () => inputsOf(1000, 600, 128);

function live(first: FusionInputs | null) {
  const inputs = shallowRef(first);
  const settings = shallowRef(settingsOf(0.4));
  const scope = effectScope();
  const mask = scope.run(() => useLiveMask(inputs, settings))!;
  return { inputs, settings, mask, scope };
}

describe('the live mask', () => {
  it('of 500x375 follows the sliders at once, without a worker', async () => {
    const { settings, mask, inputs } = live(inputsOf(500, 375, 128));
    const foreground = (): number => mask.value!.data.filter((label) => label === 1).length;
    expect(foreground()).toBe(500 * 375 - 1);
    settings.value = settingsOf(0.6);
    await nextTick();
    expect(foreground()).toBe(1);
    expect(FakeWorker.all).toEqual([]);
    inputs.value = null;
    await nextTick();
    expect(mask.value).toBeNull();
  });

  it('of a large photo is derived in a worker, of the changes that wait only the newest', async () => {
    const { settings, mask } = live(large());
    const [worker] = FakeWorker.all;
    expect(mask.value).toBeNull();
    for (const threshold of [0.5, 0.6, 0.7]) {
      settings.value = settingsOf(threshold);
      await nextTick();
    }
    worker.answer(new Uint8Array(600_000).fill(1));
    expect(mask.value).toMatchObject({ width: 1000, height: 600 });
    worker.answer(new Uint8Array(600_000));
    expect(worker.sent.slice(1).map(({ settings: sent }) => sent['plain.mapsBackground'])).toEqual([0.4, 0.7]);
  });

  it('is never that of an image before', async () => {
    const { inputs, mask, scope } = live(large());
    const [worker] = FakeWorker.all;
    inputs.value = inputsOf(2, 1, 128);
    await nextTick();
    worker.answer(new Uint8Array(600_000));
    expect(mask.value).toMatchObject({ width: 2, height: 1 });
    inputs.value = large();
    await nextTick();
    expect(FakeWorker.all).toHaveLength(2);
    scope.stop();
    expect(FakeWorker.all.every(({ ended }) => ended)).toBe(true);
  });
});

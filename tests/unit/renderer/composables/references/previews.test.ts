import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue';
import { engine } from '../../../../../renderer/api/engine.js';
import { useAttention } from '../../../../../renderer/composables/references/useAttention.js';
import { usePreview, type PreviewBody } from '../../../../../renderer/composables/references/usePreview.js';
import { StudioError } from '../../../../../shared/errors.js';

/** Questions to the engine, answered when the test says so. */
let asked: { body: any; answer(value: object): void; fail(reason: unknown): void }[];
let scope: EffectScope;
beforeEach(() => {
  asked = [];
  scope = effectScope();
  vi.useFakeTimers();
  vi.spyOn(engine, 'call').mockImplementation(
    ((_route: unknown, { body }: { body: unknown }) =>
      new Promise((answer, fail) => asked.push({ body, answer, fail }))) as never,
  );
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const bodyOf = (...references: string[]): PreviewBody => ({ run: 'r', imageId: 'i', classIndex: 0, references });
const picture = (name: string) => ({ map: name.repeat(32).slice(0, 32), references: ['a'], seconds: 0.1 });
const afterPause = async (): Promise<void> => {
  await nextTick();
  await vi.advanceTimersByTimeAsync(200);
};

describe('the live preview', () => {
  const open = () => {
    const body = shallowRef<PreviewBody | null>(bodyOf('a'));
    return { body, ...scope.run(() => usePreview('p', body))! };
  };

  it('is stale from a change of the set until its map is there, and keeps that of the set before', async () => {
    const { body, now, before, stale } = open();
    expect([stale.value, now.value]).toEqual([true, null]);
    await afterPause();
    asked[0].answer(picture('1'));
    await flushPromises();
    expect([stale.value, before.value]).toEqual([false, null]);
    const first = now.value;
    body.value = bodyOf('a', 'b');
    await nextTick();
    expect([stale.value, now.value]).toEqual([true, first]);
    await afterPause();
    expect(asked[1].body.references).toEqual(['a', 'b']);
    asked[1].answer(picture('2'));
    await flushPromises();
    expect(stale.value).toBe(false);
    expect(before.value).toEqual(first);
    expect(now.value?.url).toContain('2222');
  });

  it('asks once for changes in quick succession, and takes no answer for a set before', async () => {
    const { body, now } = open();
    await afterPause();
    body.value = bodyOf('b');
    await nextTick();
    body.value = bodyOf('c');
    await afterPause();
    expect(asked.map((one) => one.body.references)).toEqual([['a'], ['c']]);
    asked[1].answer(picture('3'));
    asked[0].answer(picture('1'));
    await flushPromises();
    expect(now.value?.url).toContain('3333');
  });

  it('begins anew with another image, without a map before', async () => {
    const { body, now, before } = open();
    await afterPause();
    asked[0].answer(picture('1'));
    await flushPromises();
    body.value = { ...bodyOf('a'), imageId: 'j' };
    await nextTick();
    expect([now.value, before.value]).toEqual([null, null]);
  });
});

describe('the inspector', () => {
  const open = () => {
    const body = shallowRef<PreviewBody | null>(bodyOf('a', 'b'));
    const inspector = scope.run(() => useAttention('p', body))!;
    inspector.on.value = true;
    return { body, inspector };
  };
  const place = (x: number, from: string | null = null) => ({ x, y: 0.5, from });
  const attention = (id: string) => ({ attention: [{ id, share: 1, width: 1, height: 1, values: [255] }] });

  it('asks for the place under the pointer, of those passed meanwhile only for the last', async () => {
    const { inspector } = open();
    for (const x of [0.1, 0.2, 0.3, 0.4]) {
      inspector.hover(place(x));
      await nextTick();
    }
    expect(asked.map(({ body }) => body.at.x)).toEqual([0.1]);
    asked[0].answer(attention('a'));
    await flushPromises();
    expect(asked.map(({ body }) => body.at.x)).toEqual([0.1, 0.4]);
    expect([...inspector.maps.value.keys()]).toEqual(['a']);
  });

  it('keeps a pinned place whatever the pointer passes, until it is pinned again', async () => {
    const { inspector } = open();
    inspector.pin(place(0.2));
    inspector.hover(place(0.9, 'a'));
    expect(inspector.at.value).toEqual(place(0.2));
    inspector.pin(place(0.2, 'a'));
    expect(inspector.at.value).toEqual(place(0.2, 'a'));
    inspector.pin(place(0.205, 'a'));
    expect(inspector.at.value).toEqual(place(0.9, 'a'));
    await nextTick();
    expect(asked[0].body).toMatchObject({ from: 'a', at: { x: 0.9, y: 0.5 } });
  });

  it('is moved by keys from the middle, and stays within the photo', () => {
    const { inspector } = open();
    inspector.move(0.5, 0);
    expect(inspector.at.value).toEqual(place(0.5));
    inspector.move(0.4, -0.25);
    inspector.move(0.4, 0);
    expect(inspector.at.value).toEqual({ x: 1, y: 0.25, from: null });
  });

  it('forgets place and maps with another set, and where it is closed', async () => {
    const { inspector, body } = open();
    inspector.pin(place(0.2));
    await nextTick();
    asked[0].answer(attention('a'));
    await flushPromises();
    expect(inspector.maps.value.size).toBe(1);
    body.value = bodyOf('a');
    expect([inspector.at.value, inspector.maps.value.size]).toEqual([null, 0]);
    inspector.pin(place(0.2));
    inspector.on.value = false;
    await nextTick();
    expect([inspector.pinned.value, inspector.maps.value.size]).toEqual([null, 0]);
  });

  it('says what went wrong, but for questions that a newer one came before', async () => {
    const { inspector } = open();
    inspector.hover(place(0.1));
    await nextTick();
    asked[0].fail(new StudioError({ code: 'interrupted', message: 'newer' }));
    await flushPromises();
    expect(inspector.error.value).toBeNull();
    inspector.hover(place(0.2));
    await nextTick();
    const broken = new StudioError({ code: 'run-missing', message: 'gone' });
    asked[1].fail(broken);
    await flushPromises();
    expect(inspector.error.value).toBe(broken);
  });
});

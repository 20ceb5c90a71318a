import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api } from '../../shared/api/index.js';
import { fromBase64 } from '../../shared/base64.js';
import { errorDetails } from '../../shared/errors.js';
import { unpackRuns } from '../../shared/label-map/runs.js';
import type { ClickModelFiles } from '../../shared/machine-settings.js';
import type { LabelMap } from '../../shared/types.js';
import { engine } from '../api/engine.js';
import type { Click } from '../canvas/surface.js';
import type { ImageAddress } from '../saving/mask-client.js';

/** The models that answer clicks, the one in use, and what they answer. */
export const useClickModels = defineStore('click-models', () => {
  /** Null before they are known. */
  const models = shallowRef<ClickModelFiles[] | null>(null);
  const wanted = useLocalStorage('comask.click-model', '');
  /** Questions that are not answered yet. */
  const asked = ref(0);
  const name = computed({
    get: () => models.value?.find((model) => model.name === wanted.value)?.name ?? models.value?.[0]?.name ?? null,
    set: (chosen) => (wanted.value = chosen ?? ''),
  });

  async function load(): Promise<void> {
    models.value = (await engine.call(api.clicks.models, {})).models;
  }
  /** Has the engine try a pair of files; one that fits is in use from then on. Rejects with what is wrong with it. */
  async function add(model: ClickModelFiles): Promise<void> {
    await engine.call(api.clicks.add, { body: model });
    await load();
    wanted.value = model.name;
  }
  async function remove(model: string): Promise<void> {
    await engine.call(api.clicks.remove, { params: { name: model } });
    await load();
  }

  /** The mask that answers clicks on an image; null where newer ones have overtaken them. Rejects where the model fails. */
  async function segment({ project, id }: ImageAddress, points: readonly Click[]): Promise<LabelMap | null> {
    asked.value++;
    try {
      const body = { model: name.value!, points: [...points] };
      const { width, height, labels } = await engine.call(api.clicks.mask, { params: { project, id }, body });
      return { width, height, data: unpackRuns(fromBase64(labels), width * height) };
    } catch (error) {
      if (errorDetails(error).code === 'interrupted') return null;
      throw error;
    } finally {
      asked.value--;
    }
  }

  return { models, name, busy: computed(() => asked.value > 0), load, add, remove, segment };
});

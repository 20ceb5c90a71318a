import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { api, type Image } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import type { ImageFilter } from '../composables/image-filter.js';
import { ImagePages, type AskPage } from './image-pages.js';

/** The images under the filter, as far as they are looked at. */
export const useImages = defineStore('images', () => {
  const total = ref<number | null>(null);
  const error = shallowRef<unknown>(null);
  /** Counts what has come in: `at` is no reactive value by itself. */
  const version = ref(0);
  let asked = '';
  let shown = '';
  /** Places that were asked for last. */
  let looked: [number, number] = [0, 0];

  const pages = new ImagePages(nothing, (found) => {
    total.value = found;
    error.value = null;
    version.value++;
  });

  /**
   * Shows other images; the first page is asked for at once. `again` asks even where the filter is the same: what is shown
   * stays until it comes anew.
   */
  async function show(project: string, filter: ImageFilter, again = false): Promise<void> {
    const wanted = JSON.stringify([project, filter]);
    if (wanted === asked && !again) return;
    if (wanted === asked) {
      pages.refresh();
      version.value++;
      return need(...looked);
    }
    asked = wanted;
    if (project !== shown) total.value = null;
    shown = project;
    const ask: AskPage = (offset, limit) =>
      engine.call(api.images.page, { params: { project }, query: { ...filter, offset, limit } });
    pages.reset(ask);
    error.value = null;
    version.value++;
    await need(0, 0);
  }

  /** Makes sure that these places of the list are there. What went wrong stands in `error`. */
  async function need(first: number, last: number): Promise<void> {
    looked = [first, last];
    await pages.need(first, last).catch((reason: unknown) => (error.value = reason));
  }

  function at(index: number): Image | undefined {
    void version.value;
    return pages.at(index);
  }

  /** Every image that is there, with its place. */
  const held = (): [number, Image][] => pages.held();

  return { total, error, version, show, need, at, held };
});

const nothing: AskPage = () => Promise.resolve({ total: 0, images: [] });

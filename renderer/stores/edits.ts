import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { api, type AnswerOf, type Edit, type ImageSelection, type RequestOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';

type Change = RequestOf<typeof api.edits.apply>['body']['change'];
export type Tag = AnswerOf<typeof api.edits.tags>['tags'][number];

/** What persons do to images, and what they have called them. */
export const useEdits = defineStore('edits', () => {
  const tags = shallowRef<Tag[]>([]);

  /** Changes images; null where they were so already. Throws what the engine says against it. */
  async function apply(project: string, selection: ImageSelection, change: Change): Promise<Edit | null> {
    return (await engine.call(api.edits.apply, { params: { project }, body: { selection, change } })).edit;
  }

  /** Takes the latest edit back, or does it again; null where there is none. */
  async function turn(project: string, way: 'undo' | 'redo'): Promise<Edit | null> {
    return (await engine.call(api.edits[way], { params: { project }, body: {} })).edit;
  }

  async function refreshTags(project: string): Promise<void> {
    tags.value = (await engine.call(api.edits.tags, { params: { project } })).tags;
  }

  return { tags, apply, turn, refreshTags };
});

export type { Change as ImageEdit };

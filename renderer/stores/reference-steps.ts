import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { api } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { inTurn } from '../composables/in-turn.js';

/** A change of the references of a class. */
export interface ReferenceStep {
  project: string;
  classIndex: number;
  before: readonly string[];
  after: readonly string[];
  /** ISO 8601, UTC, to find its place among the edits of images. */
  at: string;
}

/** Steps that can be taken back. */
const STEPS = 100;

/** What has been done to references away from their own screen, so that it can be taken back in order with the edits of images. */
export const useReferenceSteps = defineStore('reference-steps', () => {
  const done = shallowRef<readonly ReferenceStep[]>([]);
  const undone = shallowRef<readonly ReferenceStep[]>([]);

  /** A change builds on what the one before it has left. */
  const queued = inTurn();
  const store = (project: string, classIndex: number, references: readonly string[]) =>
    engine.call(api.references.set, { params: { project }, body: { classIndex, references: [...references] } });

  const setsOf = async (project: string, classIndex: number) =>
    (await engine.call(api.references.list, { params: { project }, query: { classIndex } })).sets;

  /** Adds images to the references of a class, or removes them where all are among them. */
  const toggle = (project: string, classIndex: number, ids: readonly string[]): Promise<ReferenceStep> =>
    queued(() => toggled(project, classIndex, ids));

  async function toggled(project: string, classIndex: number, ids: readonly string[]): Promise<ReferenceStep> {
    const own = (await setsOf(project, classIndex)).find(({ imageId }) => imageId === undefined);
    const before = own?.references ?? [];
    const all = ids.every((id) => before.includes(id));
    const after = all ? before.filter((id) => !ids.includes(id)) : [...new Set([...before, ...ids])];
    await store(project, classIndex, after);
    const step = { project, classIndex, before, after, at: new Date().toISOString() };
    [done.value, undone.value] = [[...done.value, step].slice(-STEPS), []];
    return step;
  }

  /** The step that undo or redo would take in a project; null where there is none. */
  const next = (project: string, way: 'undo' | 'redo'): ReferenceStep | null => {
    const step = (way === 'undo' ? done : undone).value.at(-1);
    return step?.project === project ? step : null;
  };

  /** Takes the latest step back, or does it again. */
  const turn = (project: string, way: 'undo' | 'redo'): Promise<ReferenceStep | null> =>
    queued(() => turned(project, way));

  async function turned(project: string, way: 'undo' | 'redo'): Promise<ReferenceStep | null> {
    const step = next(project, way);
    if (!step) return null;
    await store(project, step.classIndex, way === 'undo' ? step.before : step.after);
    const [from, to] = way === 'undo' ? [done, undone] : [undone, done];
    [from.value, to.value] = [from.value.slice(0, -1), [...to.value, step]];
    return step;
  }

  return { toggle, next, turn };
});

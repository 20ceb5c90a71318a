import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { engine } from '../../../../../renderer/api/engine.js';
import { useReferenceSet } from '../../../../../renderer/composables/references/useReferenceSet.js';
import { useJobs } from '../../../../../renderer/stores/jobs.js';
import { useNotices } from '../../../../../renderer/stores/notices.js';
import { useReferenceSteps } from '../../../../../renderer/stores/reference-steps.js';
import { api } from '../../../../../shared/api/index.js';
import { StudioError } from '../../../../../shared/errors.js';

/** What the engine has of class 0. */
let there: string[];
/** Requests that wait for their answer, in order. */
let waiting: (() => void)[];
let refuses: boolean;
let scope: EffectScope;
const answer = async (): Promise<void> => {
  waiting.shift()!();
  await flushPromises();
};
const answerAll = async (): Promise<void> => {
  while (waiting.length > 0) await answer();
};

beforeEach(() => {
  setActivePinia(createPinia());
  [there, waiting, refuses, scope] = [[], [], false, effectScope()];
  vi.spyOn(engine, 'call').mockImplementation(((route: unknown, { body }: { body: { references: string[] } }) => {
    // What is read is what was there when it was asked for.
    const sets = there.length > 0 ? [{ classIndex: 0, references: there }] : [];
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        if (route === api.references.list) return resolve({ sets });
        if (refuses) return reject(new StudioError({ code: 'engine-unreachable', message: 'gone' }));
        there = body.references;
        resolve({});
      });
    });
  }) as never);
});
afterEach(() => {
  scope.stop();
  vi.restoreAllMocks();
});

const opened = async () => {
  const edit = scope.run(() => useReferenceSet({ project: 'p', classIndex: 0, imageId: null }))!;
  await answerAll();
  return edit;
};

describe('a reference set that is changed', () => {
  it('keeps all of several quick changes, whatever list comes meanwhile', async () => {
    const edit = await opened();
    void edit.toggle('a');
    void edit.toggle('b');
    await flushPromises();
    expect(waiting).toHaveLength(1);
    await answer();
    // Word of the first change, while the second is on its way.
    useJobs().changes.references++;
    await flushPromises();
    await answer();
    void edit.toggle('c');
    await answerAll();
    expect(edit.ids.value).toEqual(['a', 'b', 'c']);
    expect(there).toEqual(['a', 'b', 'c']);
  });

  it('takes no list that was asked for before a change', async () => {
    const edit = await opened();
    useJobs().changes.references++;
    await flushPromises();
    void edit.toggle('a');
    await flushPromises();
    const [list, put] = waiting.splice(0);
    put();
    await flushPromises();
    list();
    await flushPromises();
    expect(edit.ids.value).toEqual(['a']);
    await answerAll();
    expect(edit.ids.value).toEqual(['a']);
  });

  it('goes back to what the engine has where that refuses, and says so', async () => {
    there = ['z'];
    const edit = await opened();
    refuses = true;
    void edit.toggle('a');
    void edit.toggle('b');
    expect(edit.ids.value).toEqual(['z', 'a', 'b']);
    await flushPromises();
    await answerAll();
    expect(edit.ids.value).toEqual(['z']);
    expect(useNotices().error).toMatchObject({ message: 'gone' });
  });
});

describe('steps of references', () => {
  it('build on each other however quickly they follow', async () => {
    const steps = useReferenceSteps();
    const done = [steps.toggle('p', 0, ['a']), steps.toggle('p', 0, ['b']), steps.turn('p', 'undo')];
    await flushPromises();
    await answerAll();
    await Promise.all(done);
    expect(there).toEqual(['a']);
  });
});

import { useThrottleFn } from '@vueuse/core';
import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api } from '../../../shared/api/index.js';
import { StudioError } from '../../../shared/errors.js';
import { engine } from '../../api/engine.js';
import { withMeasurings, type Measuring } from './measurings.js';
import { joined, type Step } from './training-log.js';

/** Milliseconds between looks at a log that grows. */
const LOOK = 1000;

/**
 * The steps of a training, and how good a segmenter's weights were between them, read to the end of its log and further
 * whenever `version` changes. A run that has written nothing yet has none.
 *
 * @param run null for one that waits for its turn, which has no log to ask for
 */
export function useRunLog(
  project: MaybeRefOrGetter<string>,
  run: MaybeRefOrGetter<string | null>,
  version: MaybeRefOrGetter<unknown>,
): { steps: ShallowRef<Step[]>; measurings: ShallowRef<Measuring[]>; error: ShallowRef<unknown> } {
  const steps = shallowRef<Step[]>([]);
  const measurings = shallowRef<Measuring[]>([]);
  const error = shallowRef<unknown>(null);
  let [next, epoch] = [0, 0];
  let reading: Promise<void> = Promise.resolve();

  async function readOn(mine: number): Promise<void> {
    for (let end = false; !end;) {
      const name = toValue(run);
      if (name === null) return;
      const params = { project: toValue(project), run: name };
      const part = await engine.call(api.runs.log, { params, query: { from: next } });
      if (mine !== epoch) return;
      const all = joined(steps.value, part.lines);
      measurings.value = all ? withMeasurings(measurings.value, part.lines) : [];
      // Lines are missing in between: the log was cut meanwhile.
      [steps.value, next, end] = all ? [all, part.next, part.end] : [[], 0, false];
    }
    error.value = null;
  }
  function read(): void {
    const mine = epoch;
    reading = reading
      .then(() => readOn(mine))
      .catch((reason: unknown) => {
        const notYet = reason instanceof StudioError && reason.code === 'run-missing';
        if (mine === epoch) error.value = notYet ? null : reason;
      });
  }
  const readSoon = useThrottleFn(read, LOOK, true);
  watch(
    () => [toValue(project), toValue(run)],
    () => {
      epoch++;
      [steps.value, measurings.value, next, error.value] = [[], [], 0, null];
      read();
    },
    { immediate: true },
  );
  watch(() => toValue(version), () => void readSoon()); // prettier-ignore
  return { steps, measurings, error };
}

import { toValue, watch, type MaybeRefOrGetter } from 'vue';
import { useJobForm } from '../../stores/job-form.js';
import type { Run } from './comparison.js';
import { refOf } from './lineage.js';
import { proposed, type Offered } from './field-words.js';
import type { Place } from './place.js';
import { freeName, requestFields } from './request-fields.js';

interface Start {
  place: MaybeRefOrGetter<Place>;
  /** Whether what is offered has come. */
  ready: MaybeRefOrGetter<boolean>;
  offered: () => Offered;
  runNamed(name: string): Run | undefined;
}

/**
 * Begins the form that the address asks for: from a run, its maps or the same training again; from a set, its measuring. What was filled in is kept
 * where one comes back to it.
 */
export function useFormStart({ place, ready, offered, runNamed }: Start): void {
  const form = useJobForm();
  let begun = '';
  watch(
    () => [toValue(ready), toValue(place)] as const,
    ([isReady, now]) => {
      if (!isReady || now.at !== 'new') return void (now.at === 'job' && (begun = ''));
      const wanted = `${now.kind} ${now.from ?? ''} ${now.split ?? ''}`;
      if (wanted === begun) return;
      begun = wanted;
      const values = proposed(now.kind, requestFields(now.kind), offered());
      const set = now.kind === 'evaluate' && now.from !== null ? refOf(now.from) : null;
      if (set) Object.assign(values, { of: set.kind, set: set.name, split: now.split });
      const run = now.from === null ? undefined : runNamed(now.from);
      if (run && (now.kind === 'localize' || now.kind === 'segment-predict')) values.run = run.name;
      if (run && (now.kind === 'train' || now.kind === 'segment-train')) {
        const { name, weights, split, preset, settings } = run;
        const taken = offered().sets.filter(({ kind }) => kind === 'run').map((set) => set.name); // prettier-ignore
        const again = { ...values, run: freeName(name, taken), weights: weights ?? undefined, split: split ?? undefined }; // prettier-ignore
        form.begin(now.kind, again, { preset, settings });
      } else form.begin(now.kind, values);
    },
    { immediate: true },
  );
}

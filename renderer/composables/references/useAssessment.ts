import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type ReferenceAssessment } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';

interface Asked {
  run: string | null;
  classIndex: number;
  /** Image in view, that the members are compared with. */
  imageId: string;
  references: readonly string[];
}

/**
 * What a reference set is worth, asked for again when it, the image in view or the comparison of images changes; the one
 * before stays until then. Null before it is known, and for another class.
 */
export function useAssessment(
  project: MaybeRefOrGetter<string>,
  asked: MaybeRefOrGetter<Asked>,
): ShallowRef<ReferenceAssessment | null> {
  const [jobs, notices] = [useJobs(), useNotices()];
  const found = shallowRef<ReferenceAssessment | null>(null);
  let [latest, subject] = [0, ''];
  watch(
    [() => toValue(project), () => JSON.stringify(toValue(asked)), () => jobs.changes.references] as const,
    async ([name]) => {
      const mine = ++latest;
      const { run, classIndex, imageId, references } = toValue(asked);
      const about = JSON.stringify([name, run, classIndex]);
      if (about !== subject) found.value = null;
      subject = about;
      if (run === null) return;
      await notices.attempt(async () => {
        const image = imageId === '' ? {} : { imageId };
        const body = { run, classIndex, references: [...references], ...image };
        const answer = await engine.call(api.references.assess, { params: { project: name }, body });
        if (mine === latest) found.value = answer;
      });
    },
    { immediate: true },
  );
  return found;
}

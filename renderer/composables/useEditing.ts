import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Edit, Image, ImageSelection } from '../../shared/api/index.js';
import type { ReviewState } from '../../shared/dataset/review.js';
import { useEdits, type ImageEdit } from '../stores/edits.js';
import { useNotices } from '../stores/notices.js';
import { useProject } from '../stores/project.js';
import { useFormat } from './useFormat.js';

interface Subject {
  /** Images that an edit is for. */
  selection(): Promise<ImageSelection>;
  /** Those of them that are at hand: what they have says which way a key switches. */
  known(): readonly Pick<Image, 'classes' | 'tags' | 'review'>[];
}

export interface Editing {
  /** Classes that every known image of the selection has. */
  common: ComputedRef<number[]>;
  /** Gives the images a class, or takes it from them where all have it. */
  toggleClass(index: number): Promise<void>;
  toggleTag(tag: string): Promise<void>;
  /** Sets a state of review, or takes it back where all are in it. */
  toggleReview(state: ReviewState): Promise<void>;
  turn(way: 'undo' | 'redo'): Promise<void>;
}

/** Edits images with a word about what was done, which offers to take it back. */
export function useEditing({ selection, known }: Subject): Editing {
  const { t } = useI18n();
  const [edits, notices, project, format] = [useEdits(), useNotices(), useProject(), useFormat()];

  /** What an edit did, e.g. "cat added, reviewed: 12 images". */
  function words({ change, images }: Edit): string {
    const names = (indices: readonly number[]): string => indices.map((index) => project.classNames[index] ?? index).join(', '); // prettier-ignore
    const parts = [
      change.addClasses.length > 0 && t('edit.added', { name: names(change.addClasses) }),
      change.removeClasses.length > 0 && t('edit.removed', { name: names(change.removeClasses) }),
      change.addTags.length > 0 && t('edit.tagged', { name: change.addTags.join(', ') }),
      change.removeTags.length > 0 && t('edit.untagged', { name: change.removeTags.join(', ') }),
      change.review !== undefined && t(`review.${change.review}`),
    ].filter((part) => part !== false);
    return t('edit.done', { what: parts.join(', '), n: format.number(images) }, images);
  }

  const say = (edit: Edit | null): void =>
    edit
      ? notices.say(words(edit), { label: t('edit.undo'), run: () => void turn('undo') })
      : notices.say(t('edit.nothing'));

  const apply = async (change: ImageEdit): Promise<void> => {
    await notices.attempt(async () => say(await edits.apply(project.key, await selection(), change)));
  };

  async function turn(way: 'undo' | 'redo'): Promise<void> {
    await notices.attempt(async () => {
      const edit = await edits.turn(project.key, way);
      if (!edit) return notices.say(t(`edit.none.${way}`));
      const other = way === 'undo' ? 'redo' : 'undo';
      notices.say(t(`edit.turned.${way}`, { what: words(edit) }), { label: t(`edit.${other}`), run: () => void turn(other) }); // prettier-ignore
    });
  }

  const everyHas = (has: (image: ReturnType<Subject['known']>[number]) => boolean): boolean =>
    known().length > 0 && known().every(has);

  return {
    common: computed(() => {
      const [first, ...others] = known();
      return first ? first.classes.filter((index) => others.every(({ classes }) => classes.includes(index))) : [];
    }),
    toggleClass: (index) =>
      apply(everyHas(({ classes }) => classes.includes(index)) ? { removeClasses: [index] } : { addClasses: [index] }),
    toggleTag: (tag) => apply(everyHas(({ tags }) => tags.includes(tag)) ? { removeTags: [tag] } : { addTags: [tag] }),
    toggleReview: (state) => apply({ review: everyHas(({ review }) => review === state) ? 'unreviewed' : state }),
    turn,
  };
}

import { useI18n } from 'vue-i18n';
import { api } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useNotices } from '../../stores/notices.js';
import { useProject } from '../../stores/project.js';
import { useReferenceSteps, type ReferenceStep } from '../../stores/reference-steps.js';
import { useFormat } from '../useFormat.js';
import type { Editing } from '../useEditing.js';

type Way = 'undo' | 'redo';

interface ReferenceEditing {
  toggle(classIndex: number, ids: readonly string[]): Promise<void>;
  /** Takes back what was done last, be it to references or to images, or does it again. */
  turn(way: Way): Promise<void>;
}

/** Whether a step goes before an edit of images on the way back or forth: the latest is undone first, the earliest done again first. */
export function stepGoesFirst(step: { at: string } | null, edit: { at: string } | null, way: Way): boolean {
  if (!step || !edit) return step !== null;
  return way === 'undo' ? step.at > edit.at : step.at < edit.at;
}

/** Edits references from a screen that edits images too, with a word that offers to take it back. */
export function useReferenceEditing(editing: Editing): ReferenceEditing {
  const { t } = useI18n();
  const [steps, notices, project, format] = [useReferenceSteps(), useNotices(), useProject(), useFormat()];

  function words({ classIndex, before, after }: ReferenceStep): string {
    const [n, what] = [Math.abs(after.length - before.length), after.length > before.length ? 'added' : 'removed'];
    const name = project.classNames[classIndex] ?? String(classIndex);
    return t(`resultAction.${what}`, { name, n: format.number(n) }, n);
  }

  async function turnStep(way: Way): Promise<void> {
    await notices.attempt(async () => {
      const step = await steps.turn(project.key, way);
      const other = way === 'undo' ? 'redo' : 'undo';
      if (step) notices.say(t(`edit.turned.${way}`, { what: words(step) }), { label: t(`edit.${other}`), run: () => void turnStep(other) }); // prettier-ignore
    });
  }

  return {
    async toggle(classIndex, ids) {
      await notices.attempt(async () => {
        const step = await steps.toggle(project.key, classIndex, ids);
        notices.say(words(step), { label: t('edit.undo'), run: () => void turnStep('undo') });
      });
    },
    async turn(way) {
      const step = steps.next(project.key, way);
      if (!step) return editing.turn(way);
      await notices.attempt(async () => {
        const next = await engine.call(api.edits.next, { params: { project: project.key } });
        await (stepGoesFirst(step, next[way], way) ? turnStep(way) : editing.turn(way));
      });
    },
  };
}

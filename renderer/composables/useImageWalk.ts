import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { api } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { useImages } from '../stores/images.js';
import { useNotices } from '../stores/notices.js';
import { queryOf, type ImageFilter } from './image-filter.js';
import { offered } from '../commands/command.js';
import { reviewTable } from '../commands/tables/edit.js';
import { useCommands } from './useCommands.js';

interface Shown {
  project(): string;
  id(): string;
  at(): number;
  filter(): ImageFilter;
}

/** Goes from image to image in the order of the filter. */
export function useImageWalk({ project, id, at, filter }: Shown): { go(steps: number): Promise<void> } {
  const { t } = useI18n();
  const [router, images, notices] = [useRouter(), useImages(), useNotices()];

  const showImage = (next: string, place: number): Promise<unknown> =>
    router.replace({ query: { ...queryOf(filter()), id: next, at: place } });

  async function go(steps: number): Promise<void> {
    // An edit may have taken the image out of the list: the next one stands in its place then.
    const here = images.at(at());
    const gone = here !== undefined && here.id !== id();
    const place = at() + steps - (gone && steps > 0 ? 1 : 0);
    if (place < 0 || place >= (images.total ?? 0)) return;
    await images.need(place, place);
    const next = images.at(place);
    if (next) await showImage(next.id, place);
  }

  async function goUnreviewed(forward: boolean): Promise<void> {
    await notices.attempt(async () => {
      const query = { ...filter(), from: id(), state: 'unreviewed', forward } as const;
      const { found } = await engine.call(api.images.beside, { params: { project: project() }, query });
      if (found) await showImage(found.id, found.place);
      else notices.say(t('edit.noneUnreviewed'));
    });
  }

  useCommands(
    offered(reviewTable, {
      'image.nextUnreviewed': () => void goUnreviewed(true),
      'image.previousUnreviewed': () => void goUnreviewed(false),
    }),
  );
  return { go };
}

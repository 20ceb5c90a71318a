import { useI18n } from 'vue-i18n';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { api } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useNotices } from '../../stores/notices.js';
import type { ResultQuery } from './result-query.js';
import type { ResultImage } from './useResultImage.js';

export type Region = ResultImage['regions'][number];

/** The editor at a piece of error of an image. */
export const editorAt = (project: string, id: string, { left, top, width, height }: Region['box']): RouteLocationRaw => ({
  name: 'editor',
  params: { project },
  query: { id, box: [left, top, width, height].join(',') },
}); // prettier-ignore

/** The piece to fix first: the largest about the confused pair or label that is looked at, else the largest of all. */
export function firstToFix(
  regions: readonly Region[],
  { pair, label }: Pick<ResultQuery, 'pair' | 'label'>,
): Region | null {
  const wanted = pair ? [pair.truth, pair.given].filter((one) => one > 0) : [label];
  return regions.find((region) => wanted.includes(region.label)) ?? regions[0] ?? null;
}

/** Opens the editor at the piece of error of an image that is to be fixed first. */
export function useFixMask(project: () => string, query: () => ResultQuery): (id: string) => Promise<void> {
  const [router, notices, { t }] = [useRouter(), useNotices(), useI18n()];
  return async (id) => {
    await notices.attempt(async () => {
      const params = { project: project(), name: query().evaluation ?? '', id };
      const { regions } = await engine.call(api.evaluations.image, { params });
      const region = firstToFix(regions, query());
      if (region) await router.push(editorAt(project(), id, region.box));
      else notices.say(t('resultAction.noError'));
    });
  };
}

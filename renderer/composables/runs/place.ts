import type { LocationQuery } from 'vue-router';
import type { ArtifactRef } from '../../../shared/project.js';
import { refOf } from './lineage.js';
import { isFormKind, type FormKind } from './request-fields.js';

/** What the screen shows, as its address says. */
export type Place =
  | { at: 'list' }
  | { at: 'run'; run: string }
  | { at: 'job'; job: number }
  /** `from` a run, or the set that is to be measured, `kind/name`; `split` that of its images. */
  | { at: 'new'; kind: FormKind; from: string | null; split?: string }
  | { at: 'compare'; runs: string[] }
  | { at: 'set'; set: ArtifactRef };

const first = (value: LocationQuery[string] | undefined): string => String((Array.isArray(value) ? value[0] : value) ?? ''); // prettier-ignore

/** The place that a query names; the list for anything else. */
export function placeOf(query: LocationQuery): Place {
  const runs = [query.compare ?? []].flat().filter((name): name is string => Boolean(name));
  if (runs.length > 1) return { at: 'compare', runs };
  if (isFormKind(query.new)) {
    const split = first(query.split);
    return { at: 'new', kind: query.new, from: first(query.from) || null, ...(split ? { split } : {}) };
  }
  const set = refOf(first(query.set));
  if (set) return { at: 'set', set };
  if (/^\d+$/.test(first(query.job))) return { at: 'job', job: Number(first(query.job)) };
  return first(query.run) ? { at: 'run', run: first(query.run) } : { at: 'list' };
}

/** The query of a place. */
export function queryOfPlace(place: Place): Record<string, string | string[]> {
  switch (place.at) {
    case 'list':
      return {};
    case 'run':
      return { run: place.run };
    case 'job':
      return { job: String(place.job) };
    case 'new':
      return {
        new: place.kind,
        ...(place.from ? { from: place.from } : {}),
        ...(place.split ? { split: place.split } : {}),
      };
    case 'compare':
      return { compare: place.runs };
    case 'set':
      return { set: `${place.set.kind}/${place.set.name}` };
  }
}

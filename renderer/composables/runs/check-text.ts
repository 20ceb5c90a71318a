import type { JobCheck } from '../../../shared/api/index.js';

/** A text of the locales with its figures. */
export interface CheckText {
  key: string;
  values: Record<string, string>;
  /** Number by which the text's plural is chosen. */
  plural: number;
}

const [KILO, UNITS] = [1024, ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const];

/** Bytes as the language writes them, in units of 1024. */
export function bytesText(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(KILO)));
  const style = { style: 'unit', unit: UNITS[power], maximumFractionDigits: power < 3 ? 0 : 1 } as const;
  return new Intl.NumberFormat(locale, style).format(bytes / KILO ** power);
}

/** Which text says what a check found; `overwrite`: whether files that are there are made anew. */
export function checkText(check: JobCheck, locale: string, overwrite: boolean): CheckText {
  const { name, level, count = 0, total = 0, needs, free, queued } = check;
  const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
  const values = {
    count: number(count),
    total: number(total),
    needs: needs === undefined ? '' : bytesText(needs, locale),
    free: free === undefined ? '' : bytesText(free, locale),
  };
  const variant = (): string => {
    if (queued) return 'queued';
    if (name === 'made') return overwrite ? 'replaced' : 'kept';
    if (name === 'disk') return needs === undefined ? 'free' : level === 'problem' ? 'tooLittle' : 'needs';
    if (name === 'images') return count === 0 ? 'none' : 'some';
    if (['maps', 'saliency', 'masks', 'predictions', 'agreement'].includes(name))
      return count === 0 ? 'all' : 'missing';
    return 'said';
  };
  return { key: `runs.check.${name}.${variant()}`, values, plural: count };
}

import type { Queries } from './queries.js';

/** How many images there are under each value of something. */
export interface Counts {
  images: number;
  /** Under `''`: images of no split. */
  bySplit: Record<string, number>;
  byDomain: Record<string, number>;
  /** One entry a class that occurs. */
  byClass: Record<number, number>;
  withTruth: number;
  unlabelled: number;
}

/** Figures for an overview. */
export function countsOf({ all }: Queries): Counts {
  const grouped = (sql: string): Record<string, number> =>
    Object.fromEntries(all<{ key: string; n: number }>(sql).map(({ key, n }) => [key, n]));
  const count = (where: string): number => all<{ n: number }>(`SELECT count(*) AS n FROM images ${where}`)[0].n;
  return {
    images: count(''),
    bySplit: grouped("SELECT ifnull(split, '') AS key, count(*) AS n FROM images GROUP BY ifnull(split, '')"),
    byDomain: grouped('SELECT domain AS key, count(*) AS n FROM images GROUP BY domain ORDER BY domain'),
    byClass: grouped('SELECT class AS key, count(*) AS n FROM image_classes GROUP BY class ORDER BY class'),
    withTruth: count('WHERE truth IS NOT NULL'),
    unlabelled: count('WHERE labels = 0'),
  };
}

import { plainSorts } from '../../shared/api/index.js';
import { readScoreName, scoreKinds } from '../../shared/dataset/scores.js';

interface Formats {
  number(value: number): string;
  /** With two places behind the point. */
  share(value: number): string;
}

/** Whether images are sorted by a score. */
export const isScore = (sort: string): boolean => !plainSorts.some((plain) => plain === sort);

/** A score as it is shown; a dash where an image has none. */
export function scoreValue(name: string, value: number | null, { number, share }: Formats): string {
  if (value === null) return '–';
  const score = readScoreName(name);
  return score && scoreKinds[score.kind].whole ? number(value) : share(value);
}

/** What a score is called: its kind in the language, and the run or evaluation that it comes from. */
export function scoreLabel(name: string, t: (key: string) => string): string {
  const score = readScoreName(name);
  if (!score) return name;
  const kind = t(`score.${score.kind}`);
  return score.set === null ? kind : `${kind} · ${score.set}`;
}

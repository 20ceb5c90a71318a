import { conditionText, readCondition, readScoreName, scoreText } from '../../shared/dataset/scores.js';

/** Bounds of a score, both included; null where there is none. */
export interface ScoreRange {
  least: number | null;
  most: number | null;
}

const ofScore = (score: string) => (text: string) => {
  const condition = readCondition(text);
  return condition !== null && scoreText(condition.score) === score;
};

/** The bounds that conditions set to a score. Those with `<` and `>` count as they are written: a range includes its ends. */
export function rangeOf(conditions: readonly string[], score: string): ScoreRange {
  const range: ScoreRange = { least: null, most: null };
  for (const text of conditions.filter(ofScore(score))) {
    const { comparison, value } = readCondition(text)!;
    if (comparison !== '<' && comparison !== '<=') range.least = Math.max(range.least ?? -Infinity, value);
    if (comparison !== '>' && comparison !== '>=') range.most = Math.min(range.most ?? Infinity, value);
  }
  return range;
}

/** Conditions without those of a score. */
export const without = (conditions: readonly string[], score: string): string[] =>
  conditions.filter((text) => !ofScore(score)(text));

/** Conditions with other bounds of a score; undefined where none is left. */
export function withRange(
  conditions: readonly string[],
  name: string,
  { least, most }: ScoreRange,
): string[] | undefined {
  // prettier-ignore
  const score = readScoreName(name)!;
  const bounds = [
    ...(least === null ? [] : [conditionText({ score, comparison: '>=', value: least })]),
    ...(most === null ? [] : [conditionText({ score, comparison: '<=', value: most })]),
  ];
  const all = [...without(conditions, name), ...bounds];
  return all.length > 0 ? all : undefined;
}

/** The bins that lie wholly or in part in a range. */
export const binsIn = (least: number, width: number, count: number, range: ScoreRange): boolean[] =>
  Array.from({ length: count }, (_, i) => {
    const [from, to] = [least + i * width, least + (i + 1) * width];
    return (range.least === null || to > range.least || (width === 0 && from >= range.least)) && (range.most === null || from <= range.most); // prettier-ignore
  });

import { benefitTerms } from './benefit.js';
import type { ImageScore } from '../evaluation.js';

/** Figures of an evaluated image that are one number. */
export type EvaluatedField = { [Key in keyof ImageScore]: ImageScore[Key] extends number | null ? Key : never }[keyof ImageScore]; // prettier-ignore

/** Where a kind of score comes from: a column of the index, an audit of labels by a run, an ordering of masks for review, or an evaluation. */
type ScoreSource =
  | { from: 'image'; /** An expression over the table `images`. */ sql: string }
  | { from: 'audit'; /** Of `label_confidences`; an image has that of its least trusted label. */ column: string }
  | { from: 'queue' }
  | { from: 'evaluation'; field: EvaluatedField };

/** What is known of a kind of score. Texts are in the page's locales, under its name. */
export type ScoreKindInfo = ScoreSource & {
  /** Whole numbers; the others are shares, 0..1. */
  whole: boolean;
};

/** Every number by which images can be sorted and narrowed. */
export const scoreKinds = {
  pixels: { from: 'image', sql: 'width * height', whole: true },
  labels: { from: 'image', sql: 'labels', whole: true },
  confidence: { from: 'audit', column: 'confidence', whole: false },
  agreement: { from: 'audit', column: 'agreement', whole: false },
  benefit: { from: 'queue', whole: false },
  disagreement: { from: 'queue', whole: false },
  doubt: { from: 'queue', whole: false },
  rarity: { from: 'queue', whole: false },
  risk: { from: 'queue', whole: false },
  miou: { from: 'evaluation', field: 'mIoU', whole: false },
  accuracy: { from: 'evaluation', field: 'pixelAccuracy', whole: false },
  missed: { from: 'evaluation', field: 'missed', whole: false },
  invented: { from: 'evaluation', field: 'invented', whole: false },
  confused: { from: 'evaluation', field: 'confused', whole: false },
  undecided: { from: 'evaluation', field: 'undecided', whole: false },
} as const satisfies Record<string, ScoreKindInfo>;
export type ScoreKind = keyof typeof scoreKinds;

/** What the review queue of a mask set knows of an image: its expected benefit, and the terms of that. */
export const queueScores = ['benefit', ...benefitTerms] as const;
export type QueueScore = (typeof queueScores)[number];

/** One score of a project. As text: `pixels`, or `miou/fused`, with the run, mask set or evaluation that it comes from. */
export interface ScoreName {
  kind: ScoreKind;
  /** Run, mask set or evaluation; null for what every image has. */
  set: string | null;
}

/** Characters of the longest name of a run or evaluation. */
const LONGEST_SET = 200;

/** What a score is called, or null where the text is none. */
export function readScoreName(text: string): ScoreName | null {
  const slash = text.indexOf('/');
  const [kind, set] = slash < 0 ? [text, null] : [text.slice(0, slash), text.slice(slash + 1)];
  if (!Object.hasOwn(scoreKinds, kind)) return null;
  const known: ScoreKindInfo = scoreKinds[kind as ScoreKind];
  if ((known.from === 'image') !== (set === null)) return null;
  if (set !== null && (set === '' || set.length > LONGEST_SET || /[<>="\p{Cc}\p{Cs}]/u.test(set))) return null;
  return { kind: kind as ScoreKind, set };
}

/** The score as text. */
export const scoreText = ({ kind, set }: ScoreName): string => (set === null ? kind : `${kind}/${set}`);

export const comparisons = ['<', '<=', '>', '>=', '='] as const;
export type Comparison = (typeof comparisons)[number];

/** Images whose score compares so with a number. As text: `labels>=2`. Images without the score never do. */
export interface ScoreCondition {
  score: ScoreName;
  comparison: Comparison;
  value: number;
}

const CONDITION = /^([^<>=]+)(<=|>=|<|>|=)(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)$/;

/** What a condition says, or null where the text is none. */
export function readCondition(text: string): ScoreCondition | null {
  const [, name, comparison, number] = CONDITION.exec(text) ?? [];
  const score = name === undefined ? null : readScoreName(name);
  const value = Number(number);
  return score && Number.isFinite(value) ? { score, comparison: comparison as Comparison, value } : null;
}

/** The condition as text. */
export const conditionText = ({ score, comparison, value }: ScoreCondition): string =>
  `${scoreText(score)}${comparison}${value}`;

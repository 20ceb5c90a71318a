import { z } from 'zod';
import { evaluationKinds } from './evaluation.js';

/** A measuring, with what it rests on that people change from round to round. */
export const roundSchema = z.object({
  /** Name of the evaluation; a later one of that name has taken the place of its file. */
  evaluation: z.string(),
  kind: z.enum(evaluationKinds),
  /** Name of the measured set. */
  set: z.string(),
  split: z.string().nullable(),
  against: z.string().nullable(),
  /** 0..1, undecided pixels as background. */
  mIoU: z.number().min(0).max(1).nullable(),
  /**
   * Masks made by hand that what is measured rests on: those that were measured, or those that the segmenter behind it has
   * learnt from. Null where that is not known.
   */
  corrected: z.number().int().min(0).nullable(),
  /** Segmenter behind it, and what tells its weights from those of another training under that name; null without one. */
  run: z.string().nullable(),
  weights: z.string().nullable(),
  /** ISO 8601, UTC. */
  measuredAt: z.string(),
});
export type Round = z.infer<typeof roundSchema>;

/** What has happened since the round before: nothing came before, masks were fixed, a segmenter was trained, neither. */
export const roundSteps = ['before', 'fixed', 'retrained', 'again'] as const;
export type RoundStep = (typeof roundSteps)[number];

/** A round in its line. */
export interface RoundOfLine extends Round {
  step: RoundStep;
  /** Masks that were fixed since the round before. */
  fixed: number;
}

type Line = Pick<Round, 'kind' | 'split' | 'against'>;

/**
 * The rounds that can stand in one line: of the same kind of set, split and reference, in the order of time, each with what
 * has happened since the one before.
 */
export function lineOf(rounds: readonly Round[], line: Line): RoundOfLine[] {
  const own = rounds
    .filter(({ kind, split, against }) => kind === line.kind && split === line.split && against === line.against)
    .sort((a, b) => (a.measuredAt < b.measuredAt ? -1 : a.measuredAt > b.measuredAt ? 1 : 0));
  return own.map((round, at): RoundOfLine => {
    const last = own[at - 1];
    if (!last) return { ...round, step: 'before', fixed: 0 };
    const fixed = Math.max(0, (round.corrected ?? 0) - (last.corrected ?? 0));
    const trained = round.run !== null && (round.run !== last.run || round.weights !== last.weights);
    return { ...round, fixed, step: trained ? 'retrained' : fixed > 0 ? 'fixed' : 'again' };
  });
}

import type { LocationQuery } from 'vue-router';
import { errorKinds, type ErrorKind } from '../../../shared/evaluation.js';

/** What the Results screen looks at, as its address has it. */
export interface ResultQuery {
  evaluation: string | null;
  /** Evaluation that figures are compared with. */
  baseline: string | null;
  /** Confused pair whose images are listed. */
  pair: { truth: number; given: number } | null;
  error: ErrorKind | null;
  label: number | null;
  /** Images that became worse or better since the baseline. */
  changed: 'worse' | 'better' | null;
}

const textOf = (value: LocationQuery[string] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

function labelOf(value: LocationQuery[string] | undefined): number | null {
  const text = textOf(value);
  return text !== null && /^\d{1,3}$/.test(text) && Number(text) < 255 ? Number(text) : null;
}

/** The query of an address; what makes no sense counts as absent. */
export function resultQueryOf(query: LocationQuery): ResultQuery {
  const [truth, given, error] = [labelOf(query.truth), labelOf(query.given), textOf(query.error)];
  return {
    evaluation: textOf(query.evaluation),
    baseline: textOf(query.baseline),
    pair: truth !== null && given !== null ? { truth, given } : null,
    error: errorKinds.find((kind) => kind === error) ?? null,
    label: labelOf(query.label),
    changed: query.changed === 'worse' || query.changed === 'better' ? query.changed : null,
  };
}

/** What narrows the images, as the engine is asked for it. */
export function rankingOf({ pair, error, label, baseline, changed }: ResultQuery) {
  if (changed && baseline !== null) return { baseline, changed };
  if (pair) return pair;
  return { error: error ?? undefined, label: label ?? undefined };
}

/** What shows all images again. */
export const unnarrowed = { pair: null, label: null, error: null, changed: null } as const;

/** The address's query of what is looked at. */
export function queryOfResult({
  evaluation,
  baseline,
  pair,
  error,
  label,
  changed,
}: ResultQuery): Record<string, string> {
  const parts = { evaluation, baseline, truth: pair?.truth, given: pair?.given, error, label, changed };
  return Object.fromEntries(
    Object.entries(parts)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );
}

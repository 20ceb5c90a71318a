import type { Rect } from './rect.js';

/** Why an operation did nothing. */
export const refusals = ['outside', 'unchanged', 'locked', 'shape', 'waiting', 'underived', 'unmodelled'] as const;

/**
 * `outside` of the picture or the clip; `unchanged`, for every pixel has the label or is protected; the label is `locked`;
 * the outline is no `shape` with an inside; what it needs of the photo is still being made
 * (`waiting`), there are no maps yet to derive labels from
 * (`underived`), or no model that answers clicks (`unmodelled`).
 */
export type Refusal = (typeof refusals)[number];

/** What an operation did to a label map: where pixels changed, or why none did. */
export type Outcome = { ok: true; touched: Rect } | { ok: false; reason: Refusal };

export const refused = (reason: Refusal): Outcome => ({ ok: false, reason });

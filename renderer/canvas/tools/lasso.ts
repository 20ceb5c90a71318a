import { applyOutline, modeOf } from './outline.js';
import { traced } from './traced.js';

/** An outline that gives the chosen class its inside, or takes it. */
export const lasso = traced({ key: 'Shift+P', mode: modeOf, apply: applyOutline });

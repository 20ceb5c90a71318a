import type { ClickFamily } from './family.js';
import { sam2 } from './sam2.js';
import { samTransformers } from './sam-transformers.js';
import { sam } from './sam.js';

/** Every family of models that answer clicks; the first that fits a decoder is taken. */
export const clickFamilies: readonly ClickFamily[] = [sam2, sam, samTransformers];

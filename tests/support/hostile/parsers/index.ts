import type { ForeignParser } from '../parser.js';
import { datasetParsers } from './datasets.js';
import { pictureParsers } from './pictures.js';
import { projectParsers } from './project.js';
import { weightParsers } from './weights.js';

/** Every parser of bytes that others wrote: a new one is one entry. */
export const foreignParsers: readonly ForeignParser[] = [
  ...pictureParsers,
  ...weightParsers,
  ...datasetParsers,
  ...projectParsers,
];

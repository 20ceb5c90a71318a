export * from './python.js';
export * from './read.js';
export * from './values.js';
export type { PickleOptions } from './machine.js';

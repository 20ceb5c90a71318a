export * from './conventions.js';
export * from './read-truth.js';

export * from './polygon.js';
export * from './rle.js';
export * from './text.js';

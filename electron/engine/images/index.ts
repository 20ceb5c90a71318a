export * from './decode.js';
export * from './geometry.js';
export * from './grey.js';
export * from './label-map.js';
export * from './normalise.js';
export * from './npy.js';
export * from './resize-bilinear.js';

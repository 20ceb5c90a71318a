export * from './array.js';
export * from './npy.js';
export { numpyGlobals, PickledArray } from './pickled.js';
export * from './type.js';

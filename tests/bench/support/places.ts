/** What the runner (build/bench.mjs) needs of the engine: where the cache folder is, and a Python. */
export { cacheFolder, thisMachine } from '../../../electron/engine/learn/runtime/places.js';
export { findPython } from '../../../electron/engine/learn/runtime/python.js';

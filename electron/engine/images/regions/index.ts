export * from './bridge.js';
export * from './components.js';
export * from './fill.js';
export * from './runs.js';
export * from './trace.js';

import type { Tool } from '../tool.js';

/** Moves the picture: the stage does that, whatever tool is in hand, with Space or the middle button. */
export const hand: Tool = { key: 'H', states: () => ({}) };

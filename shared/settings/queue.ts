import { defineSettings, number, type GroupValues } from './define.js';

/** Weights of the terms of the review queue (docs/method.md, "Review queue"). Only their ratios count. */
export const queueSettings = defineSettings('queue', {
  disagreement: number({ default: 0.4, min: 0, max: 1 }),
  doubt: number({ default: 0.3, min: 0, max: 1 }),
  rarity: number({ default: 0.1, min: 0, max: 1 }),
  risk: number({ default: 0.2, min: 0, max: 1 }),
});

export type QueueSettings = GroupValues<typeof queueSettings>;

import { defineSettings, integer, number, type GroupValues } from './define.js';

/** Audit of image-level labels (docs/method.md, "Noisy labels"). */
export const auditSettings = defineSettings('audit', {
  references: integer({ default: 8, min: 1, max: 1000, unit: 'images' }),
  agreement: number({ default: 0.5, min: 0, max: 1 }),
  share: number({ default: 0.2, min: 0, max: 1 }),
  weight: number({ default: 0.3, min: 0.001, max: 0.999 }),
  'cache.megabytes': integer({ default: 2048, min: 16, max: 1_000_000, unit: 'MB' }),
  'cache.diskMegabytes': integer({ default: 20_000, min: 0, max: 10_000_000, unit: 'MB' }),
});

export type AuditSettings = GroupValues<typeof auditSettings>;

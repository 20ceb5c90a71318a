import { z } from 'zod';
import { failureSchema } from '../../../shared/api/common.js';

/** What could not be used, as far as a job keeps it. */
const failedSchema = z.object({ failures: z.array(failureSchema), failureCount: z.number().optional() });

/** The failures in the result of a job, and how many there were in all. */
export function resultFailures(result: unknown): { list: z.infer<typeof failureSchema>[]; count: number } {
  const found = failedSchema.safeParse(result).data;
  return { list: found?.failures ?? [], count: found?.failureCount ?? found?.failures.length ?? 0 };
}

/** Numbers and short texts in the result of a job. */
export function resultFigures(result: unknown): { key: string; value: string }[] {
  if (typeof result !== 'object' || result === null) return [];
  return Object.entries(result).flatMap(([key, value]) => {
    if (key === 'failureCount' || typeof value !== 'number') return [];
    return [{ key, value: Number.isInteger(value) ? String(value) : value.toFixed(3) }];
  });
}

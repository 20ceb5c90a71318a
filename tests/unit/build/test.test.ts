import { describe, expect, it } from 'vitest';
import { countTests, summaryLine } from '../../../build/test.mjs';

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [] as object[],
};

describe('countTests', () => {
  it('counts what vitest counted', () => {
    expect(countTests(report, true)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  it('counts a file that could not be loaded as one failure, and a failed test once', () => {
    const unloaded = { status: 'failed', assertionResults: [] };
    const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    const counted = countTests({ ...report, numFailedTests: 1, testResults: [unloaded, failed] }, false);
    expect(counted).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('never calls a run good that ended badly', () => {
    expect(countTests(report, false).failed).toBe(1);
  });
});

describe('summaryLine', () => {
  it('names skipped tests only where there are any', () => {
    expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});

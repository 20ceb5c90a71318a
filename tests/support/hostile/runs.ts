/** Inputs that a fuzzing test tries: few by default, many in CI, and what COMASK_FUZZ_RUNS says where it is set. */
export const fuzzRuns = Number(process.env.COMASK_FUZZ_RUNS ?? (process.env.CI ? 10_000 : 300));

/** Milliseconds that such a test may take. */
export const fuzzTimeout = 60_000 + 60 * fuzzRuns;

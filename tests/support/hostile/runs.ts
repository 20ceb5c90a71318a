/** Inputs that a fuzzing test tries: few by default, and what COMASK_FUZZ_RUNS says elsewhere. */
export const fuzzRuns = Number(process.env.COMASK_FUZZ_RUNS ?? 300);

/** Milliseconds that such a test may take. */
export const fuzzTimeout = 60_000 + 60 * fuzzRuns;

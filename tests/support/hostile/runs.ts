/** Inputs that a fuzzing test tries: what COMASK_FUZZ_RUNS says (10,000 in CI), else few. */
export const fuzzRuns = Number(process.env.COMASK_FUZZ_RUNS ?? 300);

/** Milliseconds that such a test may take. */
export const fuzzTimeout = 60_000 + 60 * fuzzRuns;

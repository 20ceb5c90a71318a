/** Variables that the TensorFlow libraries read when they are loaded; a value that is already set stays. */
const defaults: Readonly<Record<string, string>> = {
  // Errors and warnings only: the informational lines name CPU features on every start.
  TF_CPP_MIN_LOG_LEVEL: '1',
  // Take GPU memory as it is needed instead of all of it, so that the desktop and other programs keep running.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
};

/**
 * Sets what TensorFlow reads from the environment. Call it in the main thread before a worker starts: `process.env` of
 * a worker is a copy that native code does not see.
 */
export function prepareEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of Object.entries(defaults)) env[name] ??= value;
}

/** The engine as a process of the desktop app. */
import { errorDetails } from '../../../../shared/errors.js';
import { connectParent } from './parent.js';
import { serveDesktop } from './serve.js';

const say = (error: unknown): void => {
  const { message, remedy } = errorDetails(error);
  process.stderr.write(`error: ${message}\n${remedy ? `  ${remedy}\n` : ''}`);
  if (process.env.COMASK_DEBUG) process.stderr.write(`${(error as Error | undefined)?.stack}\n`);
};

try {
  const engine = serveDesktop(connectParent(), (code) => process.exit(code), say);
  process.on('SIGTERM', () => engine.close());
  // Ctrl-C in a terminal reaches every process of the app; the shell decides what happens to the jobs.
  process.on('SIGINT', () => undefined);
} catch (error) {
  say(error);
  process.exitCode = 1;
}

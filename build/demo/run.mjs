import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathsOf } from './plan.mjs';
import { DemoError } from './state.mjs';

const comask = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'comask.mjs');

/** Exit code of a command that was interrupted and can go on. */
export const INTERRUPTED = 130;

/** Runs `comask` with its progress on this terminal; resolves to exit code and stdout. */
function runComask(args, signals) {
  const child = spawn(process.execPath, [comask, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  signals.onStop = (signal) => child.kill(signal);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code: code ?? (signal === 'SIGKILL' ? 1 : INTERRUPTED), stdout }));
  });
}

/** What to type for a step: anew, or on from where an earlier try was stopped. */
function commandOf(step, folder) {
  if (step.run && existsSync(join(pathsOf(folder).runs, step.run, 'settings.json'))) return step.resume;
  return step.result ? ['--json', ...step.command] : step.command;
}

/**
 * Runs the steps that are not done yet, one after the other, and saves after each.
 * @returns exit code: 0, or that of the command that did not end well
 */
export async function runSteps(steps, folder, state, say) {
  const signals = { onStop: () => undefined };
  // Ctrl-C reaches the command as well, which keeps what is done; a signal to this process alone is passed on.
  const onInterrupt = () => undefined;
  const onTerminate = () => signals.onStop('SIGTERM');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  try {
    for (const [index, step] of steps.entries()) {
      if (state.steps[step.name]) continue;
      say(`[${index + 1}/${steps.length}] ${step.about}`);
      if (step.fresh) rmSync(step.fresh, { recursive: true, force: true });
      state.save();
      const started = performance.now();
      const { code, stdout } = await runComask(commandOf(step, folder), signals);
      if (code !== 0) {
        say(code === INTERRUPTED ? 'Stopped: type the same command again to go on.' : `error: ${step.about} failed`);
        return code;
      }
      const seconds = (performance.now() - started) / 1000;
      state.steps[step.name] = { seconds, ...(step.result ? { result: figuresOf(stdout) } : {}) };
      state.save();
    }
    return 0;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  }
}

/** The figures of an evaluation that the table needs. */
function figuresOf(json) {
  try {
    const { mIoU, pixelAccuracy, evaluated } = JSON.parse(json);
    return { mIoU, pixelAccuracy, evaluated };
  } catch {
    throw new DemoError('error: an evaluation printed no figures');
  }
}

import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from './state.mjs';

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
function commandOf({ command, resume, keep }) {
  if (resume && existsSync(resume.when)) return resume.command;
  return keep ? ['--json', ...command] : command;
}

/** What is kept of a command's result, out of the JSON that it printed. */
function keptOf(step, stdout) {
  try {
    return step.keep(JSON.parse(stdout));
  } catch {
    throw new UserError(`error: ${step.about}: the command printed no result`);
  }
}

/** Does the work of a step that is no command; a failing file is named for a person. */
async function workOf(step, done) {
  try {
    return await step.work(done);
  } catch (error) {
    if (!error.code) throw error;
    throw new UserError(`error: ${step.about}: ${error.message}`);
  }
}

/** Does a step; resolves to the exit code and what is kept of the result. */
async function doStep(step, state, signals) {
  if (step.work) return { code: 0, result: await workOf(step, state.steps) };
  const { code, stdout } = await runComask(commandOf(step), signals);
  return { code, result: code === 0 && step.keep ? keptOf(step, stdout) : undefined };
}

/**
 * Runs the steps that are not done yet, one after the other, and saves after each.
 *
 * A step is `{ name, about }` with `command`, the arguments of one `comask` command, or with `work`, a function of what is
 * kept of the steps before. `fresh` names a folder to remove first, `resume: { when, command }` the arguments to take where
 * the file `when` shows that an earlier try was stopped midway, `keep` what to keep of the command's JSON.
 * @returns exit code: 0, or that of the command that did not end well
 */
export async function runSteps(steps, state, say) {
  const signals = { onStop: () => undefined, stopped: false };
  // Ctrl-C reaches the command as well, which keeps what is done; a signal to this process alone is passed on.
  const onInterrupt = () => (signals.stopped = true);
  const onTerminate = () => {
    signals.stopped = true;
    signals.onStop('SIGTERM');
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  try {
    for (const [index, step] of steps.entries()) {
      if (state.steps[step.name]) continue;
      say(`[${index + 1}/${steps.length}] ${step.about}`);
      if (step.fresh) rmSync(step.fresh, { recursive: true, force: true });
      state.save();
      const started = performance.now();
      const { code, result } = await doStep(step, state, signals);
      if (code === 0) {
        const seconds = (performance.now() - started) / 1000;
        state.steps[step.name] = { seconds, result };
        state.save();
      }
      if (code === INTERRUPTED || (code === 0 && signals.stopped)) {
        say('Stopped: type the same command again to go on.');
        return INTERRUPTED;
      }
      if (code !== 0) {
        say(`error: ${step.about} failed`);
        return code;
      }
    }
    return 0;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  }
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../steps/state.mjs';

/** Milliseconds between two rounds, in which the threads of the side that is done stop waiting for work. */
const REST = 300;
/** Both sides' numbers are single precision, summed in another order, under softmaxes that are almost one-hot. */
const TOLERANCE = 1e-3;

/** A process that speaks the protocol of tests/bench/support/side.ts. */
function start(name, [command, ...args], env) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = `${errors}${text}`.slice(-2000)));
  child.stdin.on('error', () => undefined);
  return {
    async hear() {
      const { value, done } = await lines.next();
      if (done) throw new UserError(`error: ${name} ended early\n${errors}`);
      return JSON.parse(value);
    },
    ask(line) {
      child.stdin.write(`${line}\n`);
      return this.hear();
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** Throws unless both sides came to the same numbers. */
function compare(ours, peer) {
  const largest = Math.max(...ours.map(Math.abs));
  const same = ours.length === peer.length && ours.every((value, i) => Math.abs(value - peer[i]) <= TOLERANCE * largest); // prettier-ignore
  if (!same) throw new UserError(`error: the sides do not compute the same: ${ours.join(' ')} here, ${peer.join(' ')} there`); // prettier-ignore
}

/**
 * Runs the sides of a bench in turns, one round each.
 * @param commands program and arguments of each side; `peer` may be missing
 * @returns for each side versions, rounds (`{ seconds, processorSeconds, items }`) and peakBytes
 */
export async function alternate(commands, env, rounds) {
  const sides = Object.entries(commands).map(([name, command]) => ({ name, process: start(name, command, env) }));
  try {
    for (const side of sides) Object.assign(side, await side.process.hear(), { rounds: [] });
    const [ours, peer] = sides;
    const count = (ours.count ?? 0) || rounds;
    if (peer) compare(ours.check, peer.check);
    for (let round = 0; round < count; round++) {
      for (const side of sides) {
        await sleep(REST);
        side.rounds.push(await side.process.ask('round'));
      }
    }
    for (const side of sides) Object.assign(side, await side.process.ask('end'));
    return Object.fromEntries(sides.map(({ name, versions, rounds, peakBytes }) => [name, { versions, rounds, peakBytes }])); // prettier-ignore
  } finally {
    for (const side of sides) side.process.kill();
  }
}

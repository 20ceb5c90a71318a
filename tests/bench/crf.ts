/**
 * Times the dense CRF on a picture of the size of a VOC photo, from random unary energies: 10 iterations of the parameter
 * set `psa` on a synthetic picture with noise. With the Python of an environment that has pydensecrf2 it runs that library
 * in turn on the same inputs (crf.py), on one thread, and compares times and marginals.
 *
 * Usage: node build/bundle.mjs bench-crf && node dist/bench-crf.mjs [LABELS] [PYTHON]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, cpuUsage, env } from 'node:process';
import { denseCrf } from '../../electron/engine/masks/crf/index.js';

const width = 500;
const height = 375;
const labels = Number(argv[2] ?? 21);
const python = argv[3];

/** Of both in turn. */
const ROUNDS = 5;

let state = 1;
const random = (): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) / 2147483647;

/** Discs of random colours on a gradient, with noise: as many lattice vertices as a photo has. */
function picture(): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  const discs = Array.from({ length: 30 }, () => ({
    x: random() * width,
    y: random() * height,
    radius: 20 + random() * 60,
    colour: [random() * 255, random() * 255, random() * 255],
  }));
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const disc = discs.find((one) => Math.hypot(x - one.x, y - one.y) < one.radius);
    for (let c = 0; c < 3; c++) {
      const base = disc ? disc.colour[c] : (255 * (c === 1 ? x / width : y / height)) | 0;
      data[i * 3 + c] = Math.min(255, Math.max(0, base + (random() - 0.5) * 40));
    }
  }
  return data;
}

const photo = { width, height, data: picture() };
const unary = Float32Array.from({ length: width * height * labels }, () => 5 * random());
const parameters = {
  iterations: 10,
  gaussian: { sxy: 3, compat: 3 },
  bilateral: { sxy: 80, srgb: 13, compat: 10 },
};

/** Seconds of wall clock and of processor, the latter with what the collector and the compiler take beside. */
type Seconds = [wall: number, processor: number];

function ours(): { seconds: Seconds; marginals: Float32Array } {
  const [start, before] = [performance.now(), cpuUsage()];
  const marginals = denseCrf(unary, labels, photo, parameters);
  const { user, system } = cpuUsage(before);
  return { seconds: [(performance.now() - start) / 1e3, (user + system) / 1e6], marginals };
}

function peers(folder: string): Seconds {
  const script = join(import.meta.dirname, '..', 'tests', 'bench', 'crf.py');
  const args = [script, folder, width, height, labels, parameters.iterations].map(String);
  const printed = execFileSync(python, args, { encoding: 'utf8', env: { ...env, OMP_NUM_THREADS: '1' } });
  return printed.trim().split(' ').map(Number) as Seconds;
}

const text = ([wall, processor]: Seconds): string => `${wall.toFixed(2)} s (${processor.toFixed(2)} s of processor)`;
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const medians = (all: Seconds[]): Seconds => [median(all.map(([wall]) => wall)), median(all.map(([, cpu]) => cpu))];

const folder = mkdtempSync(join(tmpdir(), 'comask-crf-'));
try {
  writeFileSync(join(folder, 'photo'), photo.data);
  writeFileSync(join(folder, 'unary'), unary);
  const times: { ours: Seconds[]; peers: Seconds[] } = { ours: [], peers: [] };
  let marginals: Float32Array = new Float32Array();
  for (let round = 0; round < ROUNDS; round++) {
    const result = ours();
    marginals = result.marginals;
    times.ours.push(result.seconds);
    if (python) times.peers.push(peers(folder));
  }
  const mine = medians(times.ours);
  console.log(`${labels} labels, ${width}x${height}, median of ${ROUNDS}: ${text(mine)}`);
  if (python) {
    const theirs = medians(times.peers);
    const expected = new Float32Array(readFileSync(join(folder, 'marginals')).buffer);
    const off = expected.reduce((most, value, at) => Math.max(most, Math.abs(value - marginals[at])), 0);
    const ratios = mine.map((seconds, i) => (seconds / theirs[i]).toFixed(2));
    console.log(
      `pydensecrf: ${text(theirs)}; ratios ${ratios.join(' and ')}; marginals at most ${off.toExponential(1)} off`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

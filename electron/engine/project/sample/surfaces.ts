import { createNoise2D } from 'simplex-noise';
import { mix, randomColour, scale, type Colour } from './colour.js';
import type { RandomSource } from './random.js';
import { norm } from './shapes.js';

/** What a surface reflects at a place, in the local units of its object. */
export type Surface = (x: number, y: number) => Colour;

/** Fractal noise: octaves of simplex noise at doubling frequency and halving height; about -1..1. */
export function fractalNoise(random: RandomSource, octaves: number): (x: number, y: number) => number {
  const noise = createNoise2D(() => random.unit());
  const total = 2 - 2 ** (1 - octaves);
  return (x, y) => {
    let sum = 0;
    for (let octave = 0; octave < octaves; octave += 1) {
      const frequency = 2 ** octave;
      sum += noise(x * frequency, y * frequency) / frequency;
    }
    return sum / total;
  };
}

export const plain =
  (colour: Colour): Surface =>
  () =>
    colour;

const smoothStep = (from: number, to: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

function mottled(base: Colour, other: Colour, random: RandomSource): Surface {
  const noise = fractalNoise(random, 3);
  const frequency = random.between(1.5, 4);
  return (x, y) => mix(base, other, smoothStep(-0.4, 0.5, noise(x * frequency, y * frequency)));
}

function striped(base: Colour, other: Colour, random: RandomSource): Surface {
  const turn = random.between(0, Math.PI);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const frequency = random.between(2, 5);
  const share = random.between(-0.4, 0.4);
  return (x, y) => mix(base, other, smoothStep(-0.15, 0.15, Math.sin((x * c + y * s) * frequency * Math.PI) + share));
}

function spotted(base: Colour, other: Colour, random: RandomSource): Surface {
  const cell = random.between(0.28, 0.45);
  const radius = cell * random.between(0.25, 0.36);
  const shift = random.unit();
  return (x, y) => {
    const row = Math.floor(y / cell);
    const fx = (((x / cell + (row % 2 === 0 ? 0 : 0.5) + shift) % 1) + 1) % 1;
    const fy = y / cell - row;
    return mix(other, base, smoothStep(radius * 0.8, radius * 1.1, norm(fx - 0.5, fy - 0.5) * cell));
  };
}

/** Grain that runs along x, as wood has it. */
function grained(base: Colour, random: RandomSource): Surface {
  const noise = fractalNoise(random, 2);
  const dark = scale(base, 0.55);
  return (x, y) => {
    const rings = Math.sin((y * 7 + noise(x * 0.8, y * 2.5) * 2.2) * 2);
    return mix(base, dark, 0.25 + 0.25 * rings + 0.15 * noise(x * 2, y * 16));
  };
}

/** A surface of random kind and colours; `base` is what most of it has. */
export function randomSurface(random: RandomSource, base: Colour): Surface {
  const other = random.chance(0.5) ? randomColour(random) : scale(base, random.between(0.35, 0.6));
  const kinds: (() => Surface)[] = [
    () => plain(base),
    () => mottled(base, other, random),
    () => striped(base, other, random),
    () => spotted(base, other, random),
    () => grained(base, random),
  ];
  const surface = random.pick(kinds)();
  const dirt = fractalNoise(random, 3);
  return (x, y) => scale(surface(x, y), 1 + 0.14 * dirt(x * 5, y * 5));
}

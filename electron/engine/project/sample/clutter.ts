import { hex, randomColour, scale } from './colour.js';
import { part, type Model } from './objects.js';
import type { RandomSource } from './random.js';
import { capsule, disc, ellipse, polygon, roundedBox } from './shapes.js';
import { randomSurface } from './surfaces.js';

type ClutterPlan = (random: RandomSource) => Model;

const ball: ClutterPlan = (random) => ({
  parts: [part(disc(0, 0, 0.5), randomSurface(random, randomColour(random)), 0.5, 0.7)],
});

const crate: ClutterPlan = (random) => {
  const colour = hex(random.pick(['#8a6238', '#a67c4a', '#6e5a44']));
  const [w, h] = [random.between(0.4, 0.8), random.between(0.3, 0.6)];
  return {
    parts: [
      part(roundedBox(0, 0, w, h, 0.03), randomSurface(random, colour), 0.04, 0.1),
      part(roundedBox(0, -h * 0.6, w, 0.06, 0.02), scale(colour, 0.6), 0.03, 0.1),
      part(roundedBox(0, h * 0.6, w, 0.06, 0.02), scale(colour, 0.6), 0.03, 0.1),
    ],
  };
};

const plant: ClutterPlan = (random) => ({
  parts: [
    ...Array.from({ length: random.whole(5, 8) }, () => {
      const [x, y] = [random.between(-0.6, 0.6), random.between(-1, -0.3)];
      const green = scale(hex('#4c7a34'), random.between(0.6, 1.3));
      return part(ellipse(x * 0.6, y * 0.6, 0.1, 0.42, Math.atan2(x, -y)), green, 0.08, 0.25);
    }),
    part(
      polygon(
        [
          [-0.35, 0],
          [0.35, 0],
          [0.24, 0.55],
          [-0.24, 0.55],
        ],
        0.04,
      ),
      randomSurface(random, hex('#a4552f')),
      0.15,
      0.2,
    ),
  ],
});

const mug: ClutterPlan = (random) => {
  const colour = randomColour(random);
  return {
    parts: [
      part(disc(0.42, 0.02, 0.26), scale(colour, 0.8), 0.1, 0.5),
      part(disc(0.42, 0.02, 0.15), scale(colour, 0.25), 0.05, 0.1),
      part(roundedBox(0, 0, 0.4, 0.5, 0.08), randomSurface(random, colour), 0.25, 0.6),
      part(ellipse(0, -0.44, 0.38, 0.1), scale(colour, 0.35), 0.05, 0.3),
    ],
  };
};

const sticks: ClutterPlan = (random) => ({
  parts: Array.from({ length: random.whole(2, 4) }, () => {
    const [x, y] = [random.between(-0.9, 0.9), random.between(-0.3, 0.3)];
    const wood = randomSurface(random, hex(random.pick(['#7b5a3a', '#b08d57', '#57463a'])));
    return part(capsule([x - 0.7, y], [x + 0.5, -y], random.between(0.05, 0.09)), wood, 0.06, 0.1);
  }),
});

const plans: readonly ClutterPlan[] = [ball, crate, plant, mug, sticks];

/** Something that stands about and belongs to no class. */
export const clutterModel = (random: RandomSource): Model => random.pick(plans)(random);

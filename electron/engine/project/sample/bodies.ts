import { hex, randomColour, scale, type Colour } from './colour.js';
import { markPart } from './marks.js';
import { part, type Model, type Part } from './objects.js';
import type { RandomSource } from './random.js';
import { capsule, disc, ellipse, polygon, roundedBox } from './shapes.js';
import { randomSurface } from './surfaces.js';

/** Larger parts of an object and where its mark sits, in local units: an object is about 2 long. */
interface Body {
  parts: Part[];
  markAt: readonly [number, number];
}

type BodyPlan = (random: RandomSource, coat: Coat) => Body;

/** Colours of one object. */
interface Coat {
  main: Colour;
  second: Colour;
}

const rubber = hex('#26262b');
const glass = hex('#a9c4cf');
const eyeWhite = hex('#f2efe6');

const eye = (x: number, y: number, radius: number): Part[] => [
  part(disc(x, y, radius), eyeWhite, radius * 0.5, 0.6),
  part(disc(x + radius * 0.2, y, radius * 0.5), rubber, radius * 0.2, 0.8),
];

const car: BodyPlan = (random, { main, second }) => {
  const roof = random.between(0.28, 0.42);
  const wheel = random.between(0.2, 0.27);
  const cabinAt = random.between(-0.25, 0.1);
  return {
    parts: [
      part(roundedBox(cabinAt, -0.38, 0.5, roof, 0.16), second, 0.14, 0.5),
      part(roundedBox(cabinAt, -0.44, 0.36, roof * 0.55, 0.08), glass, 0.06, 0.9),
      part(roundedBox(0, 0, 1, 0.3, 0.16), randomSurface(random, main), 0.2, 0.6),
      ...[-0.58, 0.58].flatMap((x) => [
        part(disc(x, 0.3, wheel), rubber, 0.1, 0.15),
        part(disc(x, 0.3, wheel * 0.5), scale(second, 0.8), 0.05, 0.7),
      ]),
    ],
    markAt: [random.between(-0.15, 0.15), random.between(-0.04, 0.04)],
  };
};

const fish: BodyPlan = (random, { main, second }) => {
  const height = random.between(0.38, 0.56);
  const tail = random.between(0.3, 0.5);
  return {
    parts: [
      part(
        polygon(
          [
            [-0.62, 0],
            [-1.1, -tail],
            [-0.96, 0],
            [-1.1, tail],
          ],
          0.04,
        ),
        second,
        0.1,
      ),
      part(
        polygon(
          [
            [-0.35, -height * 0.7],
            [random.between(-0.5, -0.2), -height - random.between(0.2, 0.4)],
            [0.3, -height * 0.7],
          ],
          0.05,
        ),
        second,
        0.08,
      ),
      part(ellipse(0, 0, 0.88, height), randomSurface(random, main), 0.35, 0.5),
      ...eye(0.6, -0.1, 0.1),
    ],
    markAt: [random.between(-0.1, 0.25), random.between(-0.02, 0.1)],
  };
};

const bird: BodyPlan = (random, { main, second }) => {
  const [headX, headY] = [random.between(0.5, 0.62), random.between(-0.72, -0.55)];
  const legs = random.between(0.28, 0.45);
  return {
    parts: [
      part(
        polygon(
          [
            [-0.5, 0],
            [-1.1, -0.2],
            [-1.05, 0.15],
          ],
          0.04,
        ),
        second,
        0.08,
      ),
      ...[-0.1, 0.2].map((x) => part(capsule([x, 0.3], [x + 0.04, 0.45 + legs], 0.045), hex('#c98a2b'), 0.04)),
      part(ellipse(0, 0, 0.72, 0.5, random.between(-0.45, -0.2)), randomSurface(random, main), 0.4, 0.2),
      part(
        polygon(
          [
            [headX + 0.15, headY - 0.06],
            [headX + 0.5, headY + 0.04],
            [headX + 0.15, headY + 0.12],
          ],
          0.02,
        ),
        hex('#d9992b'),
        0.05,
      ),
      part(disc(headX, headY, random.between(0.25, 0.32)), second, 0.25, 0.2),
      ...eye(headX + 0.1, headY - 0.05, 0.08),
      part(ellipse(-0.3, -0.02, 0.46, 0.22, random.between(-0.1, 0.35)), scale(second, 0.75), 0.15, 0.2),
    ],
    markAt: [random.between(0.26, 0.36), random.between(-0.06, 0.06)],
  };
};

const dog: BodyPlan = (random, { main, second }) => {
  const legs = random.between(0.4, 0.6);
  const coat = randomSurface(random, main);
  const headY = random.between(-0.55, -0.38);
  return {
    parts: [
      part(capsule([-0.75, -0.15], [-1.05, -0.15 - random.between(0.2, 0.5)], 0.07), second, 0.07, 0.1),
      ...[-0.6, -0.38, 0.32, 0.54].map((x) => part(capsule([x, 0.1], [x, 0.1 + legs], 0.1), coat, 0.1, 0.1)),
      part(roundedBox(-0.05, 0, 0.78, random.between(0.3, 0.38), 0.3), coat, 0.3, 0.15),
      part(disc(0.78, headY, 0.32), second, 0.28, 0.15),
      part(ellipse(1.05, headY + 0.1, 0.18, 0.13), scale(second, 0.8), 0.12, 0.2),
      part(ellipse(0.66, headY - 0.2, 0.12, 0.26, random.between(-0.2, 0.5)), scale(main, 0.6), 0.08, 0.1),
      ...eye(0.86, headY - 0.08, 0.07),
    ],
    markAt: [random.between(-0.3, 0.35), random.between(-0.05, 0.05)],
  };
};

const robot: BodyPlan = (random, { main, second }) => {
  const width = random.between(0.38, 0.52);
  const swing = random.between(-0.25, 0.3);
  return {
    parts: [
      ...[-0.2, 0.2].map((x) => part(roundedBox(x, 0.72, 0.13, 0.32, 0.05), second, 0.08, 0.5)),
      part(capsule([-width, -0.15], [-width - 0.3, 0.25 + swing], 0.1), second, 0.1, 0.5),
      part(capsule([width, -0.15], [width + 0.3, 0.25 - swing], 0.1), second, 0.1, 0.5),
      part(capsule([0, -0.8], [0, -1.1], 0.03), rubber, 0.03, 0.6),
      part(roundedBox(0, -0.68, 0.32, 0.24, 0.08), scale(second, 0.9), 0.12, 0.6),
      ...[-0.14, 0.14].flatMap((x) => eye(x, -0.7, 0.08)),
      part(roundedBox(0, 0, width, 0.48, 0.1), randomSurface(random, main), 0.14, 0.5),
    ],
    markAt: [random.between(-0.1, 0.1), random.between(-0.12, 0.12)],
  };
};

const boat: BodyPlan = (random, { main, second }) => {
  const mast = random.between(0.85, 1.05);
  const hull = random.between(0.28, 0.4);
  return {
    parts: [
      part(capsule([0, 0.3], [0, -mast], 0.04), hex('#7a5230'), 0.04),
      part(
        polygon(
          [
            [-0.06, 0.17],
            [-0.06, -mast + 0.1],
            [-0.75, 0.15],
          ],
          0.03,
        ),
        scale(second, 0.9),
        0.08,
        0.1,
      ),
      part(
        polygon(
          [
            [0.06, 0.18],
            [0.06, -mast + 0.05],
            [0.85, 0.18],
          ],
          0.03,
        ),
        randomSurface(random, second),
        0.08,
        0.1,
      ),
      part(
        polygon(
          [
            [-0.95, 0.25],
            [1, 0.25],
            [0.7, 0.25 + hull],
            [-0.7, 0.25 + hull],
          ],
          0.05,
        ),
        randomSurface(random, main),
        0.12,
        0.4,
      ),
    ],
    markAt: [random.between(0.28, 0.34), -0.1],
  };
};

const plans: readonly BodyPlan[] = [car, fish, bird, dog, robot, boat];

/** Body plans that a class may have. */
const PLANS_PER_CLASS = 3;

/** Radius of a mark, in local units: it covers about a sixth of an object. */
const MARK_RADIUS = 0.26;

/**
 * An object of a class. Its body is one of three plans, each of which other classes have as well, with colours,
 * texture and proportions of its own; only the mark tells the class.
 */
export function classModel(random: RandomSource, classIndex: number, className: string): Model {
  const plan = plans[(classIndex + random.whole(0, PLANS_PER_CLASS - 1)) % plans.length];
  const body = plan(random, { main: randomColour(random), second: randomColour(random) });
  const radius = MARK_RADIUS * random.between(0.92, 1.12);
  const mark = markPart(className, ...body.markAt, radius);
  return { parts: [...body.parts, mark], mark: { part: mark, radius } };
}

import { bodyPlans, type BodyPlan } from './bodies.js';
import { nearColour, randomPaint, type Paint } from './colour.js';
import { markPart } from './marks.js';
import type { Model } from './objects.js';
import { randomSource, type RandomSource } from './random.js';
import { textures, worn, type Texture } from './surfaces.js';

/** What the larger parts of many objects have in common: their plan, paints and texture. */
interface Make {
  plan: BodyPlan;
  main: Paint;
  second: Paint;
  /** Of the texture's pattern. */
  pattern: Paint;
  texture: Texture;
}

const randomMake = (random: RandomSource, plan: BodyPlan): Make => ({
  plan,
  main: randomPaint(random),
  second: randomPaint(random),
  pattern: randomPaint(random),
  texture: random.pick(textures),
});

/** Makes of a class. Each is on about a quarter of its objects, so that no make tells the class as the mark does. */
const MAKES_PER_CLASS = 3;

/** Share of objects that are of no make of their class: any plan in any paint. */
const ODD_SHARE = 0.2;

/** One of the class's makes, the same in every sample. Other classes have its plan as well, in other paints. */
const makeOf = (classIndex: number, className: string, index: number): Make =>
  randomMake(randomSource(`make/${className}/${index}`), bodyPlans[(classIndex + index) % bodyPlans.length]);

/** Radius of a mark, in local units: it covers about a sixth of an object. */
const MARK_RADIUS = 0.26;

/**
 * An object of a class. Its mark is on every object of the class and on no other. Its larger parts vary from object to
 * object of the class, but come back: most are of one of the class's makes, with proportions and shades of its own.
 */
export function classModel(random: RandomSource, classIndex: number, className: string): Model {
  const make = random.chance(ODD_SHARE)
    ? randomMake(random, random.pick(bodyPlans))
    : makeOf(classIndex, className, random.whole(0, MAKES_PER_CLASS - 1));
  const body = make.plan(random, {
    main: nearColour(random, make.main),
    second: nearColour(random, make.second),
    texture: (base) => worn(random, make.texture, base, nearColour(random, make.pattern)),
  });
  const radius = MARK_RADIUS * random.between(0.92, 1.12);
  const mark = markPart(className, ...body.markAt, radius);
  return { parts: [...body.parts, mark], mark: { part: mark, radius } };
}

import { hex, mix, type Colour } from './colour.js';
import { part, type Part } from './objects.js';
import { disc, ellipse, polygon, roundedBox, type Shape } from './shapes.js';

/** A mark is a badge of radius 1: a ground, and figures on it from back to front. */
interface MarkDesign {
  ground: Colour;
  figures: readonly (readonly [Shape, Colour])[];
}

const around = (count: number, radius: (index: number) => number): [number, number][] =>
  Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2;
    return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)];
  });

const white = hex('#f4f1ea');
const black = hex('#17171a');

/** The marks by class name: the one thing about an object that tells its class. Their look never changes. */
const designs: Record<string, MarkDesign> = {
  star: {
    ground: hex('#1d2f7a'),
    figures: [[polygon(around(10, (i) => (i % 2 === 0 ? 0.85 : 0.36))), hex('#f7c518')]],
  },
  rings: {
    ground: hex('#c8201c'),
    figures: [
      [disc(0, 0, 0.72), white],
      [disc(0, 0, 0.4), hex('#c8201c')],
    ],
  },
  cross: {
    ground: hex('#0f7a3d'),
    figures: [
      [roundedBox(0, 0, 0.22, 0.74, 0.02), white],
      [roundedBox(0, 0, 0.74, 0.22, 0.02), white],
    ],
  },
  crescent: {
    ground: black,
    figures: [
      [disc(-0.08, 0, 0.72), hex('#ff8a14')],
      [disc(0.26, 0, 0.58), black],
    ],
  },
  checker: {
    ground: white,
    figures: [
      [roundedBox(-0.5, -0.5, 0.5, 0.5, 0), black],
      [roundedBox(0.5, 0.5, 0.5, 0.5, 0), black],
    ],
  },
  arrow: {
    ground: hex('#19b5c9'),
    figures: [
      [
        polygon([
          [0, -0.75],
          [0.68, 0.45],
          [-0.68, 0.45],
        ]),
        hex('#c2187a'),
      ],
    ],
  },
  gear: {
    ground: hex('#efe3b4'),
    figures: [
      [polygon(around(16, (i) => (i % 4 < 2 ? 0.82 : 0.56))), hex('#6b3b1a')],
      [disc(0, 0, 0.26), hex('#efe3b4')],
    ],
  },
  clover: {
    ground: hex('#5b2a86'),
    figures: [0, 1, 2].map((leaf) => {
      const angle = (2 * Math.PI * leaf) / 3 - Math.PI / 2;
      return [ellipse(0.4 * Math.cos(angle), 0.4 * Math.sin(angle), 0.42, 0.34, angle), hex('#a6e22e')] as const;
    }),
  },
};

/** Class names a sample can have, in order. */
export const markNames: readonly string[] = Object.keys(designs);

/** Width over which neighbouring colours of a mark run into each other, of its radius. */
const SOFT_EDGE = 0.08;

/** The mark of a class as a part of an object: a badge about (cx, cy) with this radius, in the object's units. */
export function markPart(name: string, cx: number, cy: number, radius: number): Part {
  const { ground, figures } = designs[name];
  const surface = (x: number, y: number): Colour => {
    const [u, v] = [(x - cx) / radius, (y - cy) / radius];
    return figures.reduce<Colour>((colour, [shape, figure]) => {
      const cover = Math.min(1, Math.max(0, 0.5 - shape.distance(u, v) / SOFT_EDGE));
      return cover > 0 ? mix(colour, figure, cover) : colour;
    }, ground);
  };
  return part(disc(cx, cy, radius), surface, radius * 0.2, 0.4);
}

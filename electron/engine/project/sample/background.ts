import { fromHsv, mix, scale, type Colour } from './colour.js';
import type { Light } from './light.js';
import type { Radiance } from './paint.js';
import type { RandomSource } from './random.js';
import { fractalNoise, type Surface } from './surfaces.js';

const dull = (random: RandomSource): Colour =>
  fromHsv(random.unit(), random.between(0.05, 0.45), random.between(0.3, 0.85));

/** Blotches and grain, as of plaster, sand or a lawn; `x` and `y` run over 0..1 of the photo's height. */
function ground(random: RandomSource): Surface {
  const base = dull(random);
  const other = random.chance(0.4) ? dull(random) : scale(base, random.between(0.5, 0.8));
  const [blotch, grain] = [fractalNoise(random, 4), fractalNoise(random, 2)];
  const frequency = random.between(1, 4);
  const roughness = random.between(0.05, 0.3);
  return (x, y) =>
    scale(
      mix(base, other, Math.min(1, Math.max(0, 0.5 + 0.6 * blotch(x * frequency, y * frequency)))),
      1 + roughness * grain(x * 25, y * 25),
    );
}

/** Planks or tiles: lines over a ground. */
function boards(random: RandomSource): Surface {
  const under = ground(random);
  const [width, height] = [random.between(0.3, 0.9), random.between(0.12, 0.35)];
  const joint = random.between(0.006, 0.014);
  const tone = fractalNoise(random, 1);
  return (x, y) => {
    const row = Math.floor(y / height);
    const shifted = x + (row % 2) * width * 0.5;
    const column = Math.floor(shifted / width);
    const edge = Math.min(shifted - column * width, y - row * height);
    return scale(under(x, y), edge < joint ? 0.55 : 1 + 0.15 * tone(column * 3.7, row * 5.3));
  };
}

const anySurface = (random: RandomSource): Surface => (random.chance(0.35) ? boards(random) : ground(random));

/** What stands behind everything: a floor seen from above, or a floor before a wall, under uneven light. */
export function paintBackground(picture: Radiance, random: RandomSource, light: Light): void {
  const { width, height, data } = picture;
  const floor = anySurface(random);
  const wall = anySurface(random);
  const horizon = random.chance(0.5) ? random.between(0.2, 0.5) : -1;
  const [fallX, fallY] = [light.towards[0] * 0.5, light.towards[1] * 0.5];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [x, y] = [column / height, row / height];
      // Below the horizon the floor recedes: its pattern shrinks with distance.
      const depth = horizon < 0 ? 1 : 1.2 / (0.35 + (y - horizon));
      const colour = y < horizon ? wall(x, y) : floor((x - width / height / 2) * depth, horizon < 0 ? y : depth * 1.5);
      const corner = y >= horizon && horizon >= 0 ? Math.min(1, 0.75 + (y - horizon) * 4) : 1;
      const level = (light.ambient + light.lamp * light.towards[2]) * corner;
      const fall = 1 + fallX * (x - width / height / 2) + fallY * (y - 0.5);
      const pixel = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel += 1) data[pixel + channel] = colour[channel] * level * fall;
    }
  }
}

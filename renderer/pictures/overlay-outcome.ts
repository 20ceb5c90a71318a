import { outcomeColours, outcomeTextures, outcomes, type Mistake } from '../../shared/outcomes.js';

/** Steps of a texture along the longer side of a picture: textures look alike on photos of all sizes. */
const STEPS = 320;
/** Opacity of a mistake and of the marks of its texture, 0..255. */
const [FILL, MARK] = [150, 255];
/** Outline of what is right, RGBA. */
const OUTLINE = [255, 255, 255, 230] as const;
const OBJECT = outcomes.indexOf('object');

/**
 * Makes a picture of outcomes a layer to lie over its photo, in place: mistakes in their colours and textures, a thin
 * outline around objects that are right, the rest clear.
 *
 * @param pixels uint8 RGBA, row-major; red is the place in `outcomes`
 */
export function overlayOutcome(pixels: Uint8ClampedArray, width: number, height: number): void {
  const values = Uint8Array.from({ length: width * height }, (_, i) => pixels[i * 4]);
  const step = Math.max(1, Math.max(width, height) / STEPS);
  const line = Math.max(1, Math.round(step));
  const place = (x: number): number => Math.floor(x / step);
  const isObject = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && values[y * width + x] === OBJECT;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const outcome = outcomes[values[i]];
      if (outcome === undefined || outcome === 'background') pixels[i * 4 + 3] = 0;
      else if (outcome === 'object') {
        const inside = isObject(x - line, y) && isObject(x + line, y) && isObject(x, y - line) && isObject(x, y + line);
        pixels.set(inside ? [0, 0, 0, 0] : OUTLINE, i * 4);
      } else {
        const marked = outcomeTextures[outcome satisfies Mistake](place(x), place(y));
        pixels.set([...outcomeColours[outcome], marked ? MARK : FILL], i * 4);
      }
    }
  }
}

/** One colour, 0..255 a channel. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour for every label. */
export type Palette = readonly Rgb[];

/**
 * The palette of PASCAL VOC label maps. The bits of a label are dealt out in threes, lowest first: bit 0 of each three to
 * red, 1 to green, 2 to blue, filling every channel from its highest bit down. 0 is black, 255 is (224, 224, 192).
 */
export function vocPalette(length = 256): Palette {
  return Array.from({ length }, (_, label) => {
    const colour: [number, number, number] = [0, 0, 0];
    for (let bit = 0; bit < 8; bit++) colour[bit % 3] |= ((label >> bit) & 1) << (7 - Math.floor(bit / 3));
    return colour;
  });
}

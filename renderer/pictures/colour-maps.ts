/** RGB, 0..255. */
type Colour = readonly [number, number, number];

/** Ten even steps of matplotlib's viridis (CC0): even in lightness, and legible to the colour-blind. */
const viridis: readonly Colour[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
];
/** Ten even steps of cividis (Nuñez, Anderton, Renslow, 2018; CC0): the same to people who see no red or green. */
const cividis: readonly Colour[] = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [254, 232, 56],
];
const grey: readonly Colour[] = [
  [0, 0, 0],
  [255, 255, 255],
];

/** How a map's values become colours. */
export const colourMapNames = ['viridis', 'cividis', 'grey'] as const;
export type ColourMapName = (typeof colourMapNames)[number];

/** A colour for every byte, between even steps. */
const table = (stops: readonly Colour[]): readonly (readonly number[])[] =>
  Array.from({ length: 256 }, (_, value) => {
    const place = (value / 255) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    return stops[below].map((from, channel) => Math.round(from + (stops[below + 1][channel] - from) * (place - below)));
  });

/** Every colour map: 256 colours, RGB 0..255. */
export const colourMaps: Readonly<Record<ColourMapName, readonly (readonly number[])[]>> = {
  viridis: table(viridis),
  cividis: table(cividis),
  grey: table(grey),
};

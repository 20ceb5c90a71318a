/** Ten even steps of matplotlib's viridis (CC0): even in lightness, and legible to the colour-blind. */
const stops = [
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
] as const;

/** A colour (RGB, 0..255) for every byte. */
export const viridis: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, value) => {
  const place = (value / 255) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  return stops[below].map((from, channel) => Math.round(from + (stops[below + 1][channel] - from) * (place - below)));
});

/** One step of the hue: 255 bytes span the six sectors of the circle, as Pillow has it. */
const SECTORS = 6 / 255;

/** How much a channel lacks of the highest, 0..1 of the range; float32, as the cut below depends on the last bit. */
const missing = (value: number, high: number, range: number): number => Math.fround((high - value) / range);

/** RGB bytes to hue, saturation and value bytes, cut (not rounded) as Pillow does. uint8 [pixels, 3] both. */
export function rgbToHsv(rgb: Uint8Array): Uint8Array {
  const hsv = new Uint8Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [rgb[i], rgb[i + 1], rgb[i + 2]];
    const high = Math.max(r, g, b);
    const range = high - Math.min(r, g, b);
    hsv[i + 2] = high;
    if (range === 0) continue;
    const [red, green, blue] = [missing(r, high, range), missing(g, high, range), missing(b, high, range)];
    const sector = r === high ? blue - green : g === high ? 2 + red - blue : 4 + green - red;
    const turn = Math.fround((Math.fround(sector) / 6 + 1) % 1);
    hsv[i] = turn * 255;
    hsv[i + 1] = Math.fround(range / high) * 255;
  }
  return hsv;
}

/** Hue, saturation and value bytes back to RGB bytes. uint8 [pixels, 3] both. */
export function hsvToRgb(hsv: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(hsv.length);
  for (let i = 0; i < hsv.length; i += 3) {
    const [hue, saturation, value] = [hsv[i] * SECTORS, hsv[i + 1] / 255, hsv[i + 2]];
    const sector = Math.floor(hue);
    const inside = hue - sector;
    const low = Math.round(value * (1 - saturation));
    const falling = Math.round(value * (1 - saturation * inside));
    const rising = Math.round(value * (1 - saturation * (1 - inside)));
    const at = sector % 6;
    rgb[i] = at === 0 || at === 5 ? value : at === 1 ? falling : at === 4 ? rising : low;
    rgb[i + 1] = at === 1 || at === 2 ? value : at === 3 ? falling : at === 0 ? rising : low;
    rgb[i + 2] = at === 3 || at === 4 ? value : at === 5 ? falling : at === 2 ? rising : low;
  }
  return rgb;
}

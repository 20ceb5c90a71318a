import type { Image as Listed } from '../../shared/api/index.js';

/** Places on both sides whose photos are had ahead. */
export const NEAR = 5;
/** Pixels of the photos that are had ahead in all: a decoded one takes four bytes for each. */
const MOST_PIXELS = 2 ** 26;

/**
 * The images around a place whose photos are worth having ahead, the nearest first and the next before the one before, as
 * far as they fit into memory.
 *
 * @param at the image at a place of the list, undefined where it is not there (yet)
 */
export function nearImages<One extends Pick<Listed, 'width' | 'height' | 'version'>>(
  place: number,
  at: (place: number) => One | undefined,
): One[] {
  const near = Array.from({ length: NEAR }, (_, k) => [place + k + 1, place - k - 1]).flat();
  let left = MOST_PIXELS;
  return near.flatMap((one) => {
    const image = one < 0 ? undefined : at(one);
    if (!image?.version) return [];
    left -= image.width * image.height;
    return left >= 0 ? [image] : [];
  });
}

/** Photos that the browser has fetched and decoded before they are shown; those that are not wanted any more are let go. */
export class NearPhotos {
  #held = new Map<string, HTMLImageElement>();

  /** @param addresses the most urgent first */
  hold(addresses: readonly string[]): void {
    this.#held = new Map(addresses.map((address) => [address, this.#held.get(address) ?? this.#fetch(address)]));
  }

  #fetch(address: string): HTMLImageElement {
    const photo = new Image();
    photo.src = address;
    // One that cannot be shown says so once it is opened.
    photo.decode().catch(() => undefined);
    return photo;
  }
}

import type { ByteImage } from '../../shared/types.js';

/** A grey picture of the engine as bytes: uint8 [height, width]. Rejects where there is no such picture. */
export async function readGreyPicture(url: string, signal: AbortSignal): Promise<ByteImage> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // Values are data: no colour management.
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: 'none' });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context.getImageData(0, 0, width, height).data;
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => pixels[i * 4]) };
}

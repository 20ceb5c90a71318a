/** What photos, label maps and float maps share: rows of pixels of one or more interleaved channels. */
export interface Pixels<Data extends Uint8Array | Float32Array = Uint8Array | Float32Array> {
  width: number;
  height: number;
  data: Data;
}

/** Values a pixel: 3 for a photo, 1 for a map. */
export const channelsOf = ({ width, height, data }: Pixels): number => data.length / (width * height);

/** An array of `length` zeros, of the type that `like` has. */
export function emptyLike<Data extends Uint8Array | Float32Array>(like: Data, length: number): Data {
  return (like instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length)) as Data;
}

/** Characters that are joined at a time: more would be too many arguments of a call. */
const PIECE = 2 ** 15;

/** Bytes as text of JSON (RFC 4648). */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return btoa(pieces.join(''));
}

/** The bytes of such a text. Throws RangeError where it is none. */
export function fromBase64(text: string): Uint8Array {
  try {
    const binary = atob(text);
    return bytesOf(binary);
  } catch (error) {
    throw new RangeError('this is no base64', { cause: error });
  }
}

function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

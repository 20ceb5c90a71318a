/** Reads what packRuns writes, from the description of the format: a slow reader that shares no code with the writer. */
export function unpackRuns(bytes: Iterable<number>): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let at = 0;
  const read = (count: number): number => parseInt(bits.slice(at, (at += count)), 2);
  const total = read(32);
  const word = read(5) + 1;
  const sizes = Array.from({ length: 4 }, () => read(4) + 1);
  const out: number[] = [];
  while (out.length < total) {
    const repeats = read(1) === 1;
    const length = read(sizes[read(2)]) + 1;
    if (repeats) {
      const value = read(word);
      for (let k = 0; k < length; k++) out.push(value);
    } else for (let k = 0; k < length; k++) out.push(read(word));
  }
  return out;
}

/** The middle one of numbers, the lower of two; they are not in order. Undefined of none. */
export function lowerMedian(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];
}

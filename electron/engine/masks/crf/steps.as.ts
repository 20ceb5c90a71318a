// AssemblyScript: compiled to WebAssembly with vector instructions by build/assemblyscript.mjs, typed for TypeScript in
// steps.ts, which says what each function does. Arguments that end in Ptr are addresses in the caller's memory; a row is
// `width` bytes, a multiple of 16: four float32 at a time. Three corners of a point at a time (there are 3 or 6) read and
// write each value once instead of three times; the corners of a simplex are never the same.

export function splat(
  points: i32,
  size: i32,
  cornerPtr: usize,
  weightPtr: usize,
  valuePtr: usize,
  tablePtr: usize,
  width: usize,
): void {
  for (; points > 0; points--, valuePtr += width) {
    for (let corner = 0; corner < size; corner += 3, cornerPtr += 12, weightPtr += 12) {
      const a = tablePtr + <usize>load<u32>(cornerPtr) * width;
      const b = tablePtr + <usize>load<u32>(cornerPtr, 4) * width;
      const c = tablePtr + <usize>load<u32>(cornerPtr, 8) * width;
      const u = v128.load_splat<f32>(weightPtr);
      const v = v128.load_splat<f32>(weightPtr, 4);
      const w = v128.load_splat<f32>(weightPtr, 8);
      for (let k: usize = 0; k < width; k += 16) {
        const value = v128.load(valuePtr + k);
        v128.store(a + k, f32x4.add(v128.load(a + k), f32x4.mul(u, value)));
        v128.store(b + k, f32x4.add(v128.load(b + k), f32x4.mul(v, value)));
        v128.store(c + k, f32x4.add(v128.load(c + k), f32x4.mul(w, value)));
      }
    }
  }
}

export function blur(vertices: i32, neighbourPtr: usize, fromPtr: usize, toPtr: usize, width: usize): void {
  const half = f32x4.splat(0.5);
  for (let vertex = 1; vertex <= vertices; vertex++, neighbourPtr += 8) {
    const own = <usize>vertex * width;
    const below = fromPtr + <usize>load<u32>(neighbourPtr) * width;
    const above = fromPtr + <usize>load<u32>(neighbourPtr, 4) * width;
    for (let k: usize = 0; k < width; k += 16) {
      const both = f32x4.add(v128.load(below + k), v128.load(above + k));
      v128.store(toPtr + own + k, f32x4.add(v128.load(fromPtr + own + k), f32x4.mul(half, both)));
    }
  }
}

export function slice(
  points: i32,
  size: i32,
  cornerPtr: usize,
  weightPtr: usize,
  tablePtr: usize,
  gain: f32,
  rowPtr: usize,
  width: usize,
): void {
  for (; points > 0; points--, rowPtr += width) {
    for (let corner = 0; corner < size; corner += 3, cornerPtr += 12, weightPtr += 12) {
      const a = tablePtr + <usize>load<u32>(cornerPtr) * width;
      const b = tablePtr + <usize>load<u32>(cornerPtr, 4) * width;
      const c = tablePtr + <usize>load<u32>(cornerPtr, 8) * width;
      const u = f32x4.splat(gain * load<f32>(weightPtr));
      const v = f32x4.splat(gain * load<f32>(weightPtr, 4));
      const w = f32x4.splat(gain * load<f32>(weightPtr, 8));
      for (let k: usize = 0; k < width; k += 16) {
        const two = f32x4.add(f32x4.mul(u, v128.load(a + k)), f32x4.mul(v, v128.load(b + k)));
        const three = f32x4.add(two, f32x4.mul(w, v128.load(c + k)));
        v128.store(rowPtr + k, f32x4.add(v128.load(rowPtr + k), three));
      }
    }
  }
}

/** exp(x) of x <= 0, to float32's last digits but one; 0 below -40, where a term is lost in a float32 sum that holds a 1. */
function expNegative(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first of few bits, so that n times it is exact.
  const coarse = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.add(coarse, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let sum = f32x4.splat(1.0 / 720.0);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 120.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  // 2^n: n into the exponent's bits.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(sum, power), f32x4.ge(x, f32x4.splat(-40)));
}

/** All lanes: the largest of the four. */
function largestLane(x: v128): v128 {
  const pairs = f32x4.max(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.max(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/** All lanes: the sum of the four. */
function sumOfLanes(x: v128): v128 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

export function softmax(points: i32, rowPtr: usize, width: usize): void {
  for (; points > 0; points--, rowPtr += width) {
    let largest = v128.load(rowPtr);
    for (let k: usize = 16; k < width; k += 16) largest = f32x4.max(largest, v128.load(rowPtr + k));
    largest = largestLane(largest);
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < width; k += 16) {
      const value = expNegative(f32x4.sub(v128.load(rowPtr + k), largest));
      v128.store(rowPtr + k, value);
      sum = f32x4.add(sum, value);
    }
    const inverse = f32x4.div(f32x4.splat(1), sumOfLanes(sum));
    for (let k: usize = 0; k < width; k += 16) v128.store(rowPtr + k, f32x4.mul(v128.load(rowPtr + k), inverse));
  }
}

import type { RandomSource } from './random.js';

/** One lamp far away, and light from all around. */
export interface Light {
  /** Unit vector towards the lamp: right, down, out of the photo. */
  towards: readonly [number, number, number];
  /** Unit vector half way between the lamp and the viewer, who looks straight into the photo. */
  half: readonly [number, number, number];
  ambient: number;
  lamp: number;
}

function unit(x: number, y: number, z: number): [number, number, number] {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}

export function randomLight(random: RandomSource): Light {
  const towards = unit(random.between(-0.8, 0.8), random.between(-0.9, -0.35), random.between(0.7, 1.1));
  return {
    towards,
    half: unit(towards[0], towards[1], towards[2] + 1),
    ambient: random.between(0.3, 0.45),
    lamp: random.between(0.65, 0.95),
  };
}

/** Share of light that a surface with this unit normal sends back, and its highlight, 0..1 (Blinn-Phong). */
export function shade({ towards, half, ambient, lamp }: Light, nx: number, ny: number, nz: number): [number, number] {
  const facing = Math.max(0, nx * towards[0] + ny * towards[1] + nz * towards[2]);
  const aligned = Math.max(0, nx * half[0] + ny * half[1] + nz * half[2]);
  return [ambient + lamp * facing, aligned ** 40];
}

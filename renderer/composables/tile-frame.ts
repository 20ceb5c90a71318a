/** The part of a tile's place, which is 4:3, that a whole photo fills; the place itself where its size is not known. */
export function tileFrame(photo: { width: number; height: number } | null | undefined): Record<string, string> {
  const { width, height } = photo ?? { width: 4, height: 3 };
  const wide = width / height > 4 / 3;
  return { aspectRatio: `${width} / ${height}`, width: wide ? '100%' : 'auto', height: wide ? 'auto' : '100%' };
}

/** A place on the screen, CSS px. */
export interface Place {
  x: number;
  y: number;
}

/** What two fingers that move do to the view. */
export interface Pinch {
  /** How much closer: the ratio of their distances. */
  factor: number;
  /** Place that stays under them: the middle between them before. */
  at: Place;
  /** How far the middle has moved. */
  dx: number;
  dy: number;
}

/** Fingers nearer than this are taken to be so far apart: their distance says nothing. CSS px. */
const NEAREST = 8;

const middleOf = (a: Place, b: Place): Place => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = (a: Place, b: Place): number => Math.max(NEAREST, Math.hypot(a.x - b.x, a.y - b.y));

/** What two fingers do between two moments. */
export function pinchOf(before: readonly [Place, Place], now: readonly [Place, Place]): Pinch {
  const [at, to] = [middleOf(...before), middleOf(...now)];
  return { factor: apart(...now) / apart(...before), at, dx: to.x - at.x, dy: to.y - at.y };
}

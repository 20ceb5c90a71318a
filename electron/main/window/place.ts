/** A rectangle of the desktop, in device-independent pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the window was when it was closed. */
export interface WindowPlace extends Area {
  maximized: boolean;
}

/** Pixels of the smallest window in which every screen can be used. */
export const SMALLEST = { width: 960, height: 600 } as const;
const USUAL = { width: 1440, height: 900 } as const;
/** Pixels of the window's upper edge that must be on a display, so that it can be taken and moved. */
const GRIP = { width: 120, height: 40 } as const;

const overlap = (from: number, to: number, start: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start));

/** Whether a person could take hold of the window's upper edge on this display. */
function isWithinReach(place: Area, display: Area): boolean {
  const across = overlap(place.x, place.x + place.width, display.x, display.x + display.width);
  const down = overlap(place.y, place.y + GRIP.height, display.y, display.y + display.height);
  return across >= GRIP.width && down >= GRIP.height;
}

const fitted = (wanted: number, least: number, room: number): number =>
  Math.min(Math.max(Math.round(wanted), least), Math.max(room, least));

/**
 * Where to put the window: where it was, as far as a display that is there now shows it, else in the middle of the first
 * display. It is never larger than its display nor smaller than the least.
 *
 * @param displays work areas, the main display first; at least one
 */
export function placeWindow(saved: WindowPlace | null, displays: readonly Area[]): WindowPlace {
  const display = displays.find((area) => saved && isWithinReach(saved, area)) ?? displays[0];
  const known = saved && isWithinReach(saved, display) ? saved : null;
  const width = fitted(saved?.width ?? USUAL.width, SMALLEST.width, display.width);
  const height = fitted(saved?.height ?? USUAL.height, SMALLEST.height, display.height);
  return {
    x: Math.round(known?.x ?? display.x + Math.max(0, display.width - width) / 2),
    y: Math.round(known?.y ?? display.y + Math.max(0, display.height - height) / 2),
    width,
    height,
    maximized: saved?.maximized ?? false,
  };
}

import { anchorAt } from '../../shared/label-map/tip.js';
import { wholeOf, type Rect } from '../../shared/label-map/rect.js';
import type { LabelMap } from '../../shared/types.js';
import type { View } from '../composables/zoom.js';
import type { StageCursor } from './stage-cursor.js';
import type { Draft } from './surface.js';

/** What is drawn over photo and mask. */
export interface ToolScene {
  /** In device pixels. */
  view: View;
  size: { width: number; height: number };
  draft: Draft | null;
  clip: Rect | null;
  cursor: StageCursor | null;
  ratio: number;
}

/** CSS pixels an image pixel from which single pixels have a grid. */
const GRID_FROM = 8;
const GRID = 'rgb(128 128 128 / 45%)';

type Context = CanvasRenderingContext2D;

/** Draws a path light on dark, so that it is seen on any photo; what takes away is dashed. */
function outlined(context: Context, ratio: number, dashed: boolean, path: () => void): void {
  for (const [colour, width] of [['rgb(0 0 0 / 70%)', 3], ['#ffffff', 1.25]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.setLineDash(dashed && width < 3 ? [4 * ratio, 3 * ratio] : []);
    context.beginPath();
    path();
    context.stroke();
  }
  context.setLineDash([]);
} // prettier-ignore

function grid(context: Context, { view, size, ratio }: ToolScene, { width, height }: HTMLCanvasElement): void {
  if (view.scale < GRID_FROM * ratio) return;
  context.fillStyle = GRID;
  const visible = (offset: number, room: number, count: number): [number, number] => [
    Math.max(0, Math.floor(-offset / view.scale)),
    Math.min(count, Math.ceil((room - offset) / view.scale)),
  ];
  const [left, right] = visible(view.x, width, size.width);
  const [top, bottom] = visible(view.y, height, size.height);
  const place = (offset: number, k: number): number => Math.round(offset + k * view.scale);
  const [x0, x1] = [place(view.x, left), place(view.x, right)];
  const [y0, y1] = [place(view.y, top), place(view.y, bottom)];
  for (let x = left; x <= right; x++) context.fillRect(place(view.x, x), y0, 1, y1 - y0);
  for (let y = top; y <= bottom; y++) context.fillRect(x0, place(view.y, y), x1 - x0, 1);
}

/** The middle of the cursor and half its size, in device pixels. */
function cursorCircle(view: View, { x, y, size }: StageCursor): { cx: number; cy: number; half: number } {
  const anchor = anchorAt({ size }, { x, y });
  const middle = (place: number): number => place + (size % 2 === 0 ? 0 : 0.5);
  const [cx, cy] = [middle(anchor.x) * view.scale + view.x, middle(anchor.y) * view.scale + view.y];
  return { cx, cy, half: (size * view.scale) / 2 };
}

function cursorPath(context: Context, view: View, cursor: StageCursor): void {
  const { cx, cy, half } = cursorCircle(view, cursor);
  const { shape } = cursor;
  if (shape === 'square') context.rect(cx - half, cy - half, 2 * half, 2 * half);
  else context.arc(cx, cy, half, 0, 2 * Math.PI);
}

/** CSS pixels from the edge of a cursor that keys move to its arms, and their length. */
const [ARM_FROM, ARM] = [4, 12];
const PRESSED = 'rgb(255 255 255 / 35%)';

/** Arms around the cursor that keys move, so that it is found at any size; filled while the tool is down. */
function keyCursor(context: Context, { view, ratio }: ToolScene, cursor: StageCursor): void {
  const { cx, cy, half } = cursorCircle(view, cursor);
  const [from, to] = [half + ARM_FROM * ratio, half + (ARM_FROM + ARM) * ratio];
  outlined(context, ratio, false, () => {
    for (const [x, y] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(cx + x * from, cy + y * from);
      context.lineTo(cx + x * to, cy + y * to);
    }
  }); // prettier-ignore
  if (cursor.byKeys !== 'down') return;
  context.fillStyle = PRESSED;
  context.beginPath();
  cursorPath(context, view, cursor);
  context.fill();
}

/** Colour of a mask that is not taken yet, as bytes RGBA: no class of the usual palettes has it. */
const ANSWER = [255, 64, 200, 150];
const answers = new WeakMap<Uint8Array, OffscreenCanvas>();

/** A mask as a picture of its own size; kept with its labels. */
function pictureOf({ width, height, data }: LabelMap): OffscreenCanvas {
  const made = answers.get(data);
  if (made) return made;
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  for (let i = 0; i < data.length; i++) if (data[i] === 1) image.data.set(ANSWER, i * 4);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  answers.set(data, canvas);
  return canvas;
}

/** CSS pixels from the middle of a click's mark to its edge. */
const CLICK = 6;

/** The mask that answers clicks, and the clicks: a plus for the thing, a minus for what is beside it. */
function clicks(
  context: Context,
  { view, ratio }: ToolScene,
  { points, mask }: Extract<Draft, { kind: 'clicks' }>,
): void {
  if (mask) {
    context.imageSmoothingEnabled = false;
    context.drawImage(pictureOf(mask), view.x, view.y, mask.width * view.scale, mask.height * view.scale);
  }
  const [radius, arm] = [CLICK * ratio, (CLICK - 3) * ratio];
  for (const { x, y, positive } of points) {
    const [cx, cy] = [x * view.scale + view.x, y * view.scale + view.y];
    context.fillStyle = positive ? '#0072b2' : '#d55e00';
    context.beginPath();
    context.arc(cx, cy, radius, 0, 2 * Math.PI);
    context.fill();
    outlined(context, ratio, false, () => {
      context.moveTo(cx + radius, cy);
      context.arc(cx, cy, radius, 0, 2 * Math.PI);
      context.moveTo(cx - arm, cy);
      context.lineTo(cx + arm, cy);
      if (positive) context.moveTo(cx, cy - arm);
      if (positive) context.lineTo(cx, cy + arm);
    });
  }
}

function draftPath(context: Context, view: View, draft: Exclude<Draft, { kind: 'clicks' }>): void {
  const at = ({ x, y }: { x: number; y: number }): [number, number] => [x * view.scale + view.x, y * view.scale + view.y]; // prettier-ignore
  if (draft.kind === 'box') return boxPath(context, view, draft.rect);
  const corners = draft.kind === 'line' ? [draft.from, draft.to] : draft.corners;
  corners.forEach((corner, i) => (i === 0 ? context.moveTo(...at(corner)) : context.lineTo(...at(corner))));
  if (draft.kind === 'outline' && draft.closed) context.closePath();
}

/** CSS pixels of half a corner's mark. */
const HANDLE = 3;

function handles(context: Context, view: View, corners: readonly { x: number; y: number }[], ratio: number): void {
  const half = HANDLE * ratio;
  outlined(context, ratio, false, () => {
    for (const { x, y } of corners) context.rect(x * view.scale + view.x - half, y * view.scale + view.y - half, 2 * half, 2 * half); // prettier-ignore
  });
}

const boxPath = (context: Context, view: View, { left, top, right, bottom }: Rect): void =>
  context.rect(left * view.scale + view.x, top * view.scale + view.y, (right - left) * view.scale, (bottom - top) * view.scale); // prettier-ignore

/** Draws grid, clip, what is being drawn and the cursor at its true size. */
export function drawTools(canvas: HTMLCanvasElement, scene: ToolScene): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { view, draft, clip, cursor, ratio } = scene;
  const { right, bottom } = wholeOf(canvas);
  context.clearRect(0, 0, right, bottom);
  grid(context, scene, canvas);
  if (clip) outlined(context, ratio, true, () => boxPath(context, view, clip));
  if (draft?.kind === 'clicks') clicks(context, scene, draft);
  else if (draft) {
    const takes = draft.kind === 'outline' && draft.mode !== 'add';
    outlined(context, ratio, takes, () => draftPath(context, view, draft));
    if (draft.kind === 'outline' && !draft.closed) handles(context, view, draft.corners, ratio);
  }
  if (cursor?.byKeys) keyCursor(context, scene, cursor);
  if (cursor) outlined(context, ratio, cursor.erases, () => cursorPath(context, view, cursor));
}

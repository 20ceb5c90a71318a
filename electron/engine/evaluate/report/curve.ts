import type { Evaluation } from '../../../../shared/evaluation.js';
import { markup, type Markup } from './markup.js';
import { figure } from './tables.js';

const WIDTH = 480;
const HEIGHT = 200;
const LEFT = 36;
const RIGHT = 12;
const TOP = 20;
const BOTTOM = 36;

const toX = (threshold: number): number => LEFT + threshold * (WIDTH - LEFT - RIGHT);
const toY = (value: number, top: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);

/** mIoU over the background threshold as a line with its best point marked; null for masks, which have no threshold. */
export function thresholdCurve({ threshold, mIoU }: Evaluation): Markup | null {
  if (!threshold || mIoU === null) return null;
  const { best, curve } = threshold;
  const top = Math.max(0.1, Math.ceil(mIoU * 10) / 10);
  const points = curve.flatMap(({ threshold: at, mIoU: value }) =>
    value === null ? [] : [`${toX(at).toFixed(1)},${toY(value, top).toFixed(1)}`],
  );
  const lines = [0, top / 2, top].map(
    (value) =>
      markup`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${toY(value, top)}" y2="${toY(value, top)}"/><text x="${LEFT - 8}" y="${toY(value, top) + 4}" text-anchor="end">${value.toFixed(2)}</text>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (value) => markup`<text x="${toX(value)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${String(value)}</text>`,
  );
  const side = best > 0.7 ? 'end' : best < 0.15 ? 'start' : 'middle';
  return markup`<section class="panel"><h2>Background threshold</h2>
<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="mIoU over the background threshold, best ${figure(mIoU)} at ${figure(best)}">
${lines}${ticks}<text x="${toX(0.5)}" y="${HEIGHT - 4}" text-anchor="middle">threshold</text>
<polyline class="line" points="${points.join(' ')}"/>
<circle class="best" cx="${toX(best)}" cy="${toY(mIoU, top)}" r="3.5"/>
<text class="now" x="${toX(best)}" y="${toY(mIoU, top) - 9}" text-anchor="${side}">mIoU ${figure(mIoU)} at ${figure(best)}</text>
</svg></section>`;
}

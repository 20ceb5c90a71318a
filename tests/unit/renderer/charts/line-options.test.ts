import { expect, it } from 'vitest';
import { lineOptions } from '../../../../renderer/charts/line-options.js';

const theme = {
  text: '#111',
  quiet: '#555',
  line: '#ccc',
  accent: '#00f',
  panel: '#fff',
  font: 'Inter',
  series: ['#00f', '#f80'],
};
const look = { smoothing: 0.5, logarithmic: false, xName: 'Step' };
const lines = [
  { name: 'total', x: [1, 2], y: [4, 2] },
  { name: 'basic', x: [1, 2], y: [0, Number.NaN] },
];
interface Drawn {
  series: { name: string; data: unknown[]; lineStyle: { color: string; type?: unknown } }[];
  yAxis: { type: string };
  tooltip: { renderMode: string };
}
const drawn = (over: Partial<typeof look>): Drawn =>
  lineOptions(lines, { ...look, ...over }, theme) as unknown as Drawn;

it('draws each line smoothed over its own pale values, told apart by colour and dash', () => {
  const { series } = drawn({});
  expect(series.map(({ name }) => name)).toEqual(['total raw', 'total', 'basic raw', 'basic']);
  expect(series[0].data).toEqual([[1, 4], [2, 2]]); // prettier-ignore
  expect(series[1].data[1]).toEqual([2, expect.closeTo(8 / 3)]);
  expect([series[1], series[3]].map(({ lineStyle }) => [lineStyle.color, lineStyle.type])).toEqual([['#00f', 'solid'], ['#f80', 'dashed']]); // prettier-ignore
  expect(drawn({ smoothing: 0 }).series).toHaveLength(2);
});

it('leaves out what has no place on the scale', () => {
  expect(drawn({ smoothing: 0, logarithmic: true }).series[1].data).toEqual([[1, null], [2, null]]); // prettier-ignore
  expect(drawn({ logarithmic: true }).yAxis.type).toBe('log');
  expect(drawn({ smoothing: 0 }).series[1].data).toEqual([[1, 0], [2, null]]); // prettier-ignore
});

it('draws its tooltip on the canvas: the policy of the page forbids markup with styles', () => {
  expect(drawn({}).tooltip.renderMode).toBe('richText');
});

it('marks single values, and keeps to the range that it is told', () => {
  const marked = lineOptions(lines, { ...look, smoothing: 0, marked: true, xRange: [1, 9], yRange: [0, 1] }, theme);
  expect(marked).toMatchObject({
    series: [
      { showSymbol: true, symbol: 'circle' },
      { showSymbol: true, symbol: 'rect' },
    ],
    xAxis: { min: 1, max: 9 },
    yAxis: { min: 0, max: 1 },
  });
  expect(drawn({ smoothing: 0 })).toMatchObject({ series: [{ showSymbol: false }, {}], xAxis: { min: 'dataMin' } });
});

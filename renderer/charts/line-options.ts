import type { EChartsCoreOption } from 'echarts/core';
import { smoothed } from '../composables/runs/training-log.js';
import type { ChartTheme } from './theme.js';

/** A line of a chart: `y` over `x`, of equal lengths. */
export interface ChartLine {
  name: string;
  x: readonly number[];
  y: readonly number[];
}

export interface LineChartLook {
  /** Weight of the moving average, 0 to less than 1; at 0 the values themselves are drawn. */
  smoothing: number;
  logarithmic: boolean;
  xName: string;
  /** Each value has a mark: there are few of them. */
  marked?: boolean;
  /** Least and greatest x, where they are not those of the values. */
  xRange?: readonly [number, number];
  /** Least and greatest y, likewise. */
  yRange?: readonly [number, number];
}

/** Dashes by which lines are told apart beside their colours. */
const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const;

/** Marks of values, likewise. */
const marks = ['circle', 'rect', 'triangle', 'diamond'] as const;

const points = (x: readonly number[], y: readonly number[], logarithmic: boolean): [number, number | null][] =>
  // A logarithm has no place for zero.
  x.map((at, i) => [at, Number.isFinite(y[i]) && (!logarithmic || y[i] > 0) ? y[i] : null]);

/** What the chart library is to draw: each line smoothed, over its own values as a pale line. */
export function lineOptions(lines: readonly ChartLine[], look: LineChartLook, theme: ChartTheme): EChartsCoreOption {
  const { smoothing, logarithmic, xName, marked = false, xRange, yRange } = look;
  const axis = {
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.quiet, fontFamily: theme.font, fontSize: 11 },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
  };
  const series = lines.flatMap(({ name, x, y }, i) => {
    const colour = theme.series[i % theme.series.length];
    const common = {
      type: 'line',
      showSymbol: false,
      symbol: 'none',
      sampling: 'lttb',
      animation: false,
      connectNulls: true,
    };
    const line = {
      ...common,
      ...(marked ? { showSymbol: true, symbol: marks[i % marks.length], symbolSize: 7 } : {}),
      name,
      data: points(x, smoothed(y, smoothing), logarithmic),
      lineStyle: { color: colour, width: 2, type: dashes[i % dashes.length] },
      itemStyle: { color: colour },
    };
    if (smoothing === 0) return [line];
    const ghost = {
      ...common,
      name: `${name} raw`,
      data: points(x, y, logarithmic),
      lineStyle: { color: colour, width: 1, opacity: 0.22 },
      itemStyle: { color: colour },
      silent: true,
      tooltip: { show: false },
      emphasis: { disabled: true },
    };
    return [ghost, line];
  });
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.text },
    grid: { left: 8, right: 16, top: 32, bottom: 24, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 28,
      itemHeight: 2,
      textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
      inactiveColor: theme.line,
      data: lines.map(({ name }) => name),
    },
    tooltip: {
      trigger: 'axis',
      // Drawn on the canvas: markup with styles of its own is what the page's policy forbids.
      renderMode: 'richText',
      backgroundColor: theme.panel,
      borderColor: theme.line,
      textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : '–'),
      axisPointer: { lineStyle: { color: theme.quiet } },
    },
    xAxis: { type: 'value', name: xName, nameLocation: 'middle', nameGap: 24, nameTextStyle: { color: theme.quiet, fontFamily: theme.font }, min: xRange?.[0] ?? 'dataMin', max: xRange?.[1] ?? 'dataMax', minInterval: 1, ...axis, splitLine: { show: false } }, // prettier-ignore
    yAxis: {
      type: logarithmic ? 'log' : 'value',
      scale: true,
      min: yRange?.[0],
      max: yRange?.[1],
      ...axis,
      axisLine: { show: false },
    },
    series,
  };
}

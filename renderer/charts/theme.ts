/** Colours and font of a chart, as the page's own. */
export interface ChartTheme {
  text: string;
  quiet: string;
  line: string;
  accent: string;
  panel: string;
  font: string;
  /** One a line, told apart by the colour-blind too. */
  series: string[];
}

/** Hues of PrimeVue's palette that lines have, in order. */
const hues = ['blue', 'orange', 'teal', 'pink', 'violet', 'yellow'] as const;

/** The page's tokens as they are now: a chart is drawn with colours, not with names of them. */
export function chartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const step = document.documentElement.classList.contains('dark') ? 400 : 700;
  return {
    text: colour('--text'),
    quiet: colour('--quiet'),
    line: colour('--line'),
    accent: colour('--accent'),
    panel: colour('--panel'),
    font: style.fontFamily,
    series: hues.map((hue) => colour(`--p-${hue}-${step}`)),
  };
}

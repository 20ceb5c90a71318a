import { outcomeColours } from '../../../../shared/outcomes.js';

const rgb = (name: keyof typeof outcomeColours): string => `rgb(${outcomeColours[name].join(' ')})`;
const mark = 'rgb(255 255 255 / .35)';

/**
 * Style of the report: neutral greys, so that pictures are judged against nothing, one accent, a 4 px grid, dark or light
 * as the reader's system is.
 */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f6f6; --panel: #fff; --line: #dedede; --faint: #ececec; --text: #1c1c1c; --muted: #636363; --accent: #2563b8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141414; --panel: #1d1d1d; --line: #353535; --faint: #2a2a2a; --text: #e8e8e8; --muted: #a3a3a3; --accent: #6ea3ea;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 13px/20px Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif;
  font-variant-numeric: tabular-nums; font-feature-settings: 'tnum';
}
main { max-width: 1320px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; margin: 0; }
p { margin: 0; }
.muted { color: var(--muted); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; margin-top: 16px; padding: 16px; }
.panel > h2 + * { margin-top: 12px; }
.columns { display: grid; gap: 0 16px; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start; }
@media (max-width: 960px) { .columns { grid-template-columns: minmax(0, 1fr); } }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(144px, 1fr)); gap: 16px; margin: 0; }
.figures dt { color: var(--muted); }
.figures dd { margin: 0; font-size: 20px; line-height: 28px; font-weight: 600; }
.figures div:first-child dd { color: var(--accent); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--faint); }
tr:last-child > * { border-bottom: 0; }
thead th { color: var(--muted); font-weight: 500; white-space: nowrap; border-bottom: 1px solid var(--line); }
th { font-weight: 500; }
.number { text-align: right; white-space: nowrap; }
tr > :last-child { padding-right: 0; }
.name { white-space: nowrap; }
.bar { width: 25%; min-width: 64px; }
.bar svg { display: block; width: 100%; height: 8px; }
.track { fill: var(--faint); }
.fill { fill: var(--accent); }
.swatch { display: inline-block; width: 12px; height: 12px; margin-right: 8px; border-radius: 3px; vertical-align: -1px; box-shadow: inset 0 0 0 1px rgb(128 128 128 / .5); }
.curve { display: block; width: 100%; height: auto; }
.curve text { fill: var(--muted); font-size: 12px; }
.curve .grid { stroke: var(--faint); }
.curve .line { stroke: var(--accent); stroke-width: 1.5; fill: none; }
.curve .best { fill: var(--accent); }
.curve .now { fill: var(--text); font-weight: 600; }
.gallery th[scope=row] { width: 208px; min-width: 160px; vertical-align: top; padding: 8px 12px 8px 0; overflow-wrap: anywhere; }
.gallery td { width: 168px; padding: 8px 8px 8px 0; vertical-align: top; }
.gallery img { display: block; border-radius: 4px; background: var(--faint); }
.gallery dl { display: grid; grid-template-columns: auto 1fr; gap: 0 8px; margin: 4px 0 0; font-weight: 400; color: var(--muted); }
.gallery dd { margin: 0; text-align: right; color: var(--text); }
.classes { font-weight: 400; color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 12px; padding: 0; list-style: none; color: var(--muted); }
.invented { background: repeating-linear-gradient(135deg, ${mark} 0 1px, transparent 1px 4px) ${rgb('invented')}; }
.missed { background: radial-gradient(${mark} 1px, transparent 1.2px) 0 0/4px 4px ${rgb('missed')}; }
.confused { background: repeating-linear-gradient(90deg, ${mark} 0 2px, transparent 2px 4px) ${rgb('confused')}; }
.ignored { background: repeating-linear-gradient(135deg, ${mark} 0 1px, transparent 1px 4px), repeating-linear-gradient(45deg, ${mark} 0 1px, transparent 1px 4px) ${rgb('ignored')}; }
.undecided { background: rgb(224 224 192); }
details { margin-top: 8px; }
.fold { margin: 0; }
.fold h2 { display: inline; }
.note { color: var(--muted); margin-top: 8px; }
.matrix { width: auto; margin-top: 8px; }
.matrix th, .matrix td { border: 0; padding: 0; }
.matrix th[scope=row] { padding-right: 8px; white-space: nowrap; font-weight: 400; }
.matrix thead th { vertical-align: bottom; font-weight: 400; }
.matrix thead span { display: block; writing-mode: vertical-rl; transform: rotate(180deg); margin: 0 auto 8px; }
.matrix tbody td { width: 28px; min-width: 28px; height: 24px; text-align: center; font-size: 12px; box-shadow: inset 0 0 0 1px var(--panel); }
.matrix .right { background: color-mix(in srgb, var(--accent) calc(var(--share) * 60%), var(--faint)); }
.matrix .wrong { background: color-mix(in srgb, ${rgb('invented')} calc(min(1, var(--share) * 2) * 70%), var(--faint)); }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
ul.plain { margin: 8px 0 0; padding: 0 0 0 20px; }
ul.plain li { overflow-wrap: anywhere; }
@media print { body { background: none; } .panel { break-inside: avoid-page; border: 0; padding: 0; } }
`;

/**
 * Writes docs/settings.md from what `comask --json settings` prints, so that the tables and the program say the same; a
 * test compares the two.
 *
 * Usage: node build/settings-doc.mjs (after npm run setup)
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What each group of settings is for, by its name. */
const groups = {
  train: '`comask train`: the classifier. [method.md](method.md) explains the terms.',
  localize: '`comask localize` and `comask references suggest`: localization maps.',
  saliency: '`comask saliency`. Presets do not differ here.',
  audit: '`comask labels audit`: the confidence of image-level labels. Presets do not differ here.',
  masks: '`comask masks`: fusion of maps and saliency.',
  segment: '`comask segment train`: the segmenter. [method.md](method.md#segmentation) explains the terms.',
  predict: '`comask segment predict`: label maps by a trained segmenter.',
  queue: 'The review queue of the mask editor: weights of the terms. Presets do not differ here.',
  sample: '`comask sample`. Presets do not differ here.',
  export: '`comask export`: formats that hold shapes. Presets do not differ here.',
};

const head = `# Settings

Every command that has settings takes \`--set key=value\` for each of them, and \`--preset\` where presets differ:
\`studio\` (the default), \`paper\` or \`reference\`. Lists are written with commas (\`5,10\`; nothing for the empty list),
switches as \`on\` and \`off\`. "With \`backbone=tiny\`" names the default that goes with that choice (of a backbone, under \`studio\` only). \`comask settings\` prints the same. This file is made by \`node build/settings-doc.mjs\`.
`;

const shown = (value) => (Array.isArray(value) ? value.join(', ') || 'none' : value === '' ? 'none' : String(value));

function tableOf(rows) {
  const presets = Object.keys(rows[0].values);
  const differ = rows.some(({ values }) => presets.some((preset) => shown(values[preset]) !== shown(values.studio)));
  const columns = differ ? presets : ['default'];
  const lines = rows.map(({ key, values, variants, unit, text }) => {
    const withUnit = (value) => (unit && shown(value) !== 'none' ? `${shown(value)} ${unit}` : shown(value));
    const cells = columns.map((preset) => withUnit(preset === 'default' ? values.studio : values[preset]));
    const special = Object.entries(variants).map(([when, value]) => ` With \`${when}\`: ${withUnit(value)}.`);
    return `| \`${key}\` | ${cells.join(' | ')} | ${text}${special.join('')} |`;
  });
  const titles = ['setting', ...columns, 'meaning'];
  return [`| ${titles.join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`, ...lines].join('\n');
}

/** The whole document for the settings that `comask --json settings` prints. */
export async function settingsDocument(settings) {
  const sections = Object.entries(settings).map(
    ([name, rows]) => `## ${name}\n\n${groups[name] ?? ''}\n\n${tableOf(rows)}`,
  );
  const options = await resolveConfig(join(root, 'docs', 'settings.md'));
  return format([head, ...sections].join('\n\n'), { ...options, parser: 'markdown' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const comask = join(root, 'build', 'comask.mjs');
  const settings = JSON.parse(execFileSync(process.execPath, [comask, '--json', 'settings'], { encoding: 'utf8' }));
  writeFileSync(join(root, 'docs', 'settings.md'), await settingsDocument(settings));
}

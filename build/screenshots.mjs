/**
 * Makes the pictures of the README from a finished demo: its report, and the table that it ends with.
 *
 * Usage: node build/screenshots.mjs [DEMO_FOLDER] (default: comask-demo); CHROMIUM names the browser, else `chromium`
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { pathsOf, stepsOf } from './demo/plan.mjs';
import { tableOf } from './demo/table.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const images = join(root, 'docs', 'images');

/** Wide enough for all pictures of a row of the report; high enough for its figures and a few rows. */
const reportSize = { width: 1320, height: 1210 };
const terminalWidth = 660;
const lineHeight = 20;

/** A command and what it printed, as a terminal shows them. */
function terminalPage(command, text) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #f6f6f6; }
    main { margin: 20px; border: 1px solid #e0e0e0; border-radius: 8px; background: #fff; overflow: hidden; }
    header { display: flex; gap: 8px; padding: 12px 16px; border-bottom: 1px solid #e8e8e8; }
    header i { width: 11px; height: 11px; border-radius: 50%; background: #d4d4d4; }
    pre { margin: 0; padding: 18px 24px 22px; font: 14px/${lineHeight}px "DejaVu Sans Mono", monospace; color: #1a1a1a; }
    b { color: #1f5fbf; }
  </style><main><header><i></i><i></i><i></i></header><pre><b>$</b> ${command}

${escaped}</pre></main>`;
}

/** Draws a page and saves it as a small PNG: a picture of 256 colours is as legible, at a third of the bytes. */
async function shoot(url, { width, height }, file) {
  const folder = mkdtempSync(join(tmpdir(), 'comask-shot-'));
  try {
    const raw = join(folder, 'shot.png');
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
    const browser = process.env.CHROMIUM ?? 'chromium';
    execFileSync(browser, [...options, `--window-size=${width},${height}`, `--screenshot=${raw}`, url], {
      stdio: 'ignore',
    });
    await sharp(raw).png({ palette: true, quality: 100, effort: 10, compressionLevel: 9 }).toFile(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const demo = resolve(process.argv[2] ?? 'comask-demo');
const { options, steps: done } = JSON.parse(readFileSync(join(demo, 'demo.json'), 'utf8'));
const typed = Object.entries(options).filter(([, value]) => value !== null);
const command = ['npm run demo --', ...typed.map(([key, value]) => `--${key} ${value}`)].join(' ');
const table = `${tableOf(stepsOf(demo, options), done)}\n\nreport: comask-demo/report.html`;

mkdirSync(images, { recursive: true });
await shoot(pathToFileURL(pathsOf(demo).report).href, reportSize, join(images, 'report.png'));

const page = join(mkdtempSync(join(tmpdir(), 'comask-page-')), 'terminal.html');
writeFileSync(page, terminalPage(command, table));
const height = (table.split('\n').length + 2) * lineHeight + 118;
await shoot(pathToFileURL(page).href, { width: terminalWidth, height }, join(images, 'demo.png'));
rmSync(dirname(page), { recursive: true });

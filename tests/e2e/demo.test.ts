import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliBuilt } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const demo = resolve(import.meta.dirname, '../../build/demo.mjs');

function runDemo(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [demo, ...args], { encoding: 'utf8' });
}

interface DemoState {
  steps: Record<string, { seconds: number; result?: { mIoU: number } }>;
}

describe.skipIf(!cliBuilt)('the demo (skipped unless the command line is bundled: npm run build)', () => {
  it('ends with a table and a report, goes on where it was stopped, and repeats nothing that is done', () => {
    const folder = join(temporaryFolder(), 'demo');
    const small = [folder, '--images', '12', '--epochs', '1'];
    const first = runDemo(...small);
    expect(first.stderr).toContain('[13/13]');
    expect(first.status).toBe(0);
    const names = ['class-activation map (basic loss only)', 'single-round maps', 'multi-round maps', 'fused masks'];
    for (const name of names)
      expect(first.stdout).toMatch(new RegExp(`^${name.replace(/[()]/g, '\\$&')} +0\\.\\d{3} `, 'm'));
    const report = join(folder, 'report.html');
    expect(first.stdout).toContain(`report: ${report}`);
    expect(readFileSync(report, 'utf8')).toContain('<img');

    const again = runDemo(...small);
    expect(again.stderr).not.toContain('[');
    expect(again.stdout).toBe(first.stdout);

    // As if the demo had been killed after the training's last checkpoint, before the step was noted.
    const stateFile = join(folder, 'demo.json');
    const state = JSON.parse(readFileSync(stateFile, 'utf8')) as DemoState;
    delete state.steps['train-basic'];
    delete state.steps['evaluate-fused'];
    writeFileSync(stateFile, JSON.stringify(state));
    const rest = runDemo(...small);
    expect(rest.status).toBe(0);
    expect(rest.stderr.match(/^\[.*$/gm)).toEqual([
      '[3/13] training with the basic loss only',
      '[13/13] measuring the masks, report',
    ]);
    const scores = (text: string): string[] => text.match(/ 0\.\d{3} .*$/gm) ?? [];
    expect(scores(rest.stdout)).toEqual(scores(first.stdout));

    const other = runDemo(folder, '--images', '14', '--epochs', '1');
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('--images 12 --epochs 1');
  });

  it('writes into no folder that holds something else', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    const { status, stderr } = runDemo(folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .* holds other files\n {2}Choose/);
    expect(existsSync(join(folder, 'demo.json'))).toBe(false);
  });

  it.each([['--images', 'many'], ['--epochs', '0'], ['--colour'], ['a', 'b']])('refuses %s %s', (...args) => {
    const { status, stderr, stdout } = runDemo(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: [^]*--help/);
    expect(stdout).toBe('');
  });
});

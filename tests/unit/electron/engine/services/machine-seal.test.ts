import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { machineSeal } from '../../../../../electron/engine/services/machine-seal.js';
import { temporaryFolder } from '../../../../support/folder.js';

it('is the same each time on one machine, for nobody else to read, and another elsewhere', () => {
  const file = join(temporaryFolder(), 'home/seal.key');
  const mark = machineSeal(file).of('text');
  expect(machineSeal(file).isOn('text', mark)).toBe(true);
  expect(machineSeal(file).isOn('Text', mark)).toBe(false);
  expect(machineSeal(file).isOn('text', '')).toBe(false);
  expect(machineSeal(join(temporaryFolder(), 'k')).isOn('text', mark)).toBe(false);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, readFileSync(file).subarray(1));
  expect(machineSeal(file).isOn('text', mark)).toBe(false);
  expect(() => machineSeal(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'not-writable' }));
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsDocument } from '../../build/settings-doc.mjs';
import { cliBuilt, comask } from '../support/cli.js';

describe.skipIf(!cliBuilt)('docs/settings.md', () => {
  it('says what `comask settings` prints (else: node build/settings-doc.mjs)', async () => {
    const { stdout } = await comask('--json', 'settings');
    const written = readFileSync(resolve(import.meta.dirname, '../../docs/settings.md'), 'utf8');
    expect(written).toBe(await settingsDocument(JSON.parse(stdout)));
  });
});

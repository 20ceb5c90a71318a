#!/usr/bin/env node
/** The command `comask`: checks what it needs to start at all, then hands over to the bundled command line. */
import { existsSync, readFileSync } from 'node:fs';
import { isNodeNewEnough, oldNodeMessage } from './node-version.mjs';

const bundled = new URL('../dist/cli.mjs', import.meta.url);

if (!isNodeNewEnough(process.versions.node)) {
  console.error(oldNodeMessage(process.versions.node));
  process.exit(1);
}
if (!existsSync(bundled)) {
  console.error('error: comask is not built yet\n  Type: npm run setup');
  process.exit(1);
}
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { main } = await import(bundled.href);
process.exitCode = await main(process.argv.slice(2), version);

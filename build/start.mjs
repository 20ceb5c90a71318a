/**
 * `npm start [-- PROJECT]`: brings in what is missing and opens the studio's window, or the browser where there is none.
 *
 * Usage: node build/start.mjs [PROJECT]
 */
import { resolve } from 'node:path';
import { orExit, setUp } from './setup.mjs';

await orExit(() => setUp());
const [project] = process.argv.slice(2);
// From where the person typed it: npm changes to the folder of the package.
const folder = project && resolve(process.env.INIT_CWD ?? '.', project);
process.argv.splice(2, Infinity, 'open', ...(folder ? [folder] : []));
await import('./comask.mjs');

/**
 * `npm start [-- PROJECT]`: brings in what is missing and opens the studio's window, or the browser where there is none.
 *
 * Usage: node build/start.mjs [PROJECT]
 */
import { resolve } from 'node:path';
import { orExit, setUp } from './setup.mjs';

const [project] = process.argv.slice(2);
if (project === '--help' || project === '-h') {
  console.log(`Usage: npm start [-- PROJECT]

Opens the studio in a window, or in the browser where there is none: PROJECT, or the list of recent projects.
What is missing is brought in first.`);
  process.exit(0);
}
await orExit(() => setUp());
// From where the person typed it: npm changes to the folder of the package.
const folder = project && resolve(process.env.INIT_CWD ?? '.', project);
process.argv.splice(2, Infinity, 'open', ...(folder ? [folder] : []));
await import('./comask.mjs');

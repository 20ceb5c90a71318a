import type { CommandTable } from '../command.js';

/** The Runs screen, and the job that works or is paused from anywhere. */
export const runsTable = {
  'runs.new': { scope: 'runs', text: 'runs.command.train', keys: ['N'], keysOnly: true },
  'runs.back': { scope: 'runs', text: 'runs.command.back', keys: ['Escape'] },
  'jobs.pause': { scope: 'everywhere', text: 'runs.command.pause', keys: [] },
  'jobs.resume': { scope: 'everywhere', text: 'runs.command.resume', keys: [] },
} as const satisfies CommandTable;

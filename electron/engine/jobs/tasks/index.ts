import { trainTask } from './train.js';

/** Everything that the worker thread can do. */
export const tasks = { train: trainTask } as const;

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;

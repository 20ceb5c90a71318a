import { InvalidArgumentError, type Command } from 'commander';

export interface EpochOption {
  epoch?: number;
}

function epochNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

/** Adds --epoch, which chooses among the weights of a run. */
export const addEpochOption = (command: Command): Command =>
  command.option('--epoch <n>', 'use the weights after this many epochs', epochNumber);

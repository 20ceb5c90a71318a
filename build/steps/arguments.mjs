import { parseArgs } from 'node:util';
import { UserError } from './state.mjs';

const HOW = '\n  Add --help to see how it is used.';

/**
 * What is typed: options of the names given, each with a value, and `--help`.
 * @throws UserError for anything else
 */
export function readOptions(args, names, { positionals = 0 } = {}) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: positionals > 0, options: { ...options, help: { type: 'boolean' } } });
  } catch (error) {
    throw new UserError(`error: ${error.message}${HOW}`);
  }
  if (parsed.positionals.length > positionals) throw new UserError(`error: one folder is enough${HOW}`);
  return parsed;
}

/** A whole number as typed; throws UserError for anything else, or less than `least`. */
export function wholeNumber(name, text, least) {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  throw new UserError(`error: --${name} ${text}: a whole number of at least ${least} is needed${HOW}`);
}

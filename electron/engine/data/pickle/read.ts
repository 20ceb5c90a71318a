import { StudioError } from '../../../../shared/errors.js';
import { ByteReader } from './byte-reader.js';
import { Machine, type PickleOptions } from './machine.js';
import { opcodes } from './opcodes.js';
import { PickleError } from './values.js';

const STOP = 0x2e;

/**
 * Reads the first pickle (protocol 0 to 5) of `bytes` as data. Python's own reader runs whatever a pickle names; this
 * one executes nothing: plain values come out as plain values (dict: Map; list: array; tuple: frozen array; set: Set;
 * bytes: Uint8Array; None: null; int: number, or bigint where a number would not be exact; Python 2's str: its bytes as
 * Latin-1), and classes and functions are those that `globals` allows, as pure functions. Memory and time are bounded by
 * the size of `bytes`. Values may be nested to any depth: walk them without recursion, or only as deep as is expected.
 * `length` says how many bytes the pickle took; `file` names it in errors.
 * @throws StudioError file-damaged, naming the opcode or Python object that is not allowed, or what else is wrong
 */
export function readPickle(
  bytes: Uint8Array,
  options: PickleOptions & { file?: string },
): { value: unknown; length: number } {
  const reader = new ByteReader(bytes);
  const machine = new Machine(reader, options);
  try {
    for (;;) {
      const at = reader.at;
      const code = reader.uint8();
      if (code === STOP) return { value: machine.pop(), length: reader.at };
      const opcode = opcodes.get(code);
      if (!opcode) throw new PickleError(`opcode 0x${code.toString(16)} at byte ${at} is not allowed`);
      opcode[1](machine);
    }
  } catch (error) {
    if (error instanceof PickleError) throw refused(error, options.file);
    throw error;
  }
}

const refused = (error: PickleError, file?: string): StudioError =>
  new StudioError(
    {
      code: 'file-damaged',
      message: `cannot read the pickle as data: ${error.message}`,
      file,
      remedy: 'Nothing of it was run. Save the data in another form, or fetch the file again from where you trust it.',
    },
    { cause: error },
  );

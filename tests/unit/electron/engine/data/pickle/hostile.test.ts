import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { pythonGlobals, readPickle } from '../../../../../../electron/engine/data/pickle/index.js';
import { join, opcodes, pickled, Raw } from '../../../../../support/pickle.js';

/*
 * The attack: a label or weight file from the web is a pickle, and Python's reader calls whatever it names. Ours must
 * refuse it with the name, call nothing, and take no more time or memory than the file's size justifies.
 */

/** The error a pickle is refused with. */
function refusal(bytes: Uint8Array): StudioError {
  try {
    readPickle(bytes, { globals: pythonGlobals, file: 'labels.npy' });
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** Runs a pickle that may be anything: a value or a StudioError, never another error. */
function survives(bytes: Uint8Array): void {
  try {
    readPickle(bytes, { globals: pythonGlobals });
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    expect(error.code).toBe('file-damaged');
  }
}

const attack = (protocol: number, module: string, name: string): Raw => {
  const global = protocol >= 4 ? join(opcodes(module, 4), opcodes(name, 4), 0x93) : join(`c${module}\n${name}\n`);
  return new Raw(join(global, '(', opcodes('touch /tmp/harm', protocol), 'tR'));
};

describe('a pickle that would run something', () => {
  const names = [['os', 'system'], ['posix', 'system'], ['nt', 'system'], ['builtins', 'eval'], ['__builtin__', 'exec'], ['builtins', 'getattr'], ['subprocess', 'Popen'], ['numpy.testing._private.utils', 'runstring'], ['torch', 'load']]; // prettier-ignore

  it.each(names)('%s.%s is refused by name in every protocol, however deep it lies', (module, name) => {
    for (const protocol of [0, 1, 2, 3, 4, 5]) {
      const call = attack(protocol, module, name);
      for (const value of [call, [[call]], new Map([['2007_000032', call]]), Object.freeze([Object.freeze([call])])]) {
        const { code, message, file } = refusal(pickled(value, protocol));
        expect({ code, file }).toEqual({ code: 'file-damaged', file: 'labels.npy' });
        expect(message).toContain(`"${module}.${name}"`);
      }
    }
  });

  it('is refused even when a mark or a memo hides it', () => {
    expect(refusal(join('cos\nsystem\nq\x00(h\x00', opcodes('ls'), 'tR.')).message).toContain('os.system');
    expect(refusal(join('(', opcodes('ls'), 'ios\nsystem\n.')).message).toContain('0x69');
    expect(refusal(join('(cos\nsystem\n', opcodes('ls'), 'o.')).message).toContain('os.system');
    expect(refusal(join('(c_codecs\nencode\n', opcodes('ls'), 'o.')).message).toContain('0x6f');
  });

  it.each([
    ['extension codes', join(0x82, 1, '.'), /0x82/],
    ['buffers outside', join(0x97, '.'), /0x97/],
    ['persistent ids', join('P7\n.'), /persistent id/],
    ['a call of a value', join(opcodes('os.system'), ')R.'), /no class or function/],
    [
      'named arguments',
      join('ccollections\nOrderedDict\n)}', opcodes('a'), opcodes(1), 's', 0x92, '.'),
      /named arguments/,
    ],
    [
      'another way to write bytes',
      join('c_codecs\nencode\n', opcodes('a'), opcodes('idna'), 0x86, 'R.'),
      /unknown way/,
    ],
    ['a later protocol', join(0x80, 6, 'N.'), /protocol 6/],
    ['a state of a list', join(']Nb.'), /can have none/],
  ])('%s are refused', (_, bytes, reason) => {
    expect(refusal(bytes).message).toMatch(reason);
  });
});

describe('a damaged pickle', () => {
  it.each([
    ['an empty stack', join('.')],
    ['a value below the mark', join('N(a.')],
    ['no mark', join('Nt.')],
    ['an odd dictionary', join('(Nd.')],
    ['a key that is a list', join('}]Ns.')],
    ['an item of a tuple', join(')Na.')],
    ['a value never remembered', join('h\x07.')],
    ['a memo below zero', join('Np-1\n.')],
    ['text that is not UTF-8', join('X', 1, 0, 0, 0, 0xff, '.')],
    ['a negative length', join('T', 0xff, 0xff, 0xff, 0xff, '.')],
    ['a number that is none', join('F1e\n.')],
    ['a whole number that is none', join('I0x10\n.')],
    ['a name from an object', join('Fconstructor\n.')],
    ['a character beyond Unicode', join('V\\U00110000\n.')],
  ])('%s is refused', (_, bytes) => {
    expect(refusal(bytes).code).toBe('file-damaged');
  });

  it('is refused wherever it is cut off', () => {
    const value = new Map<string, any>([['a', [1, 2.5, Uint8Array.of(1, 2)]], ['b', new Set([Object.freeze([1n << 80n])])]]); // prettier-ignore
    for (const protocol of [0, 1, 2, 3, 4, 5]) {
      const bytes = pickled(value, protocol);
      for (let length = 0; length < bytes.length; length++) refusal(bytes.subarray(0, length));
    }
  });

  it('never does anything but be read or be refused, whatever its bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 2000, seed: 2 });
    const whole = pickled(new Map([['a', [1, 'b', Uint8Array.of(3)]], ['c', Object.freeze([null, 2 ** 40])]] as any), 2); // prettier-ignore
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const flipped = flips.map((list) => list.reduce((bytes, [at, value]) => (bytes.writeUInt8(value, at), bytes), Buffer.from(whole))); // prettier-ignore
    fc.assert(fc.property(flipped, survives), { numRuns: 2000, seed: 3 });
  });
});

describe('a pickle that would fill memory or take forever', () => {
  const all = (count: number, ...parts: Parameters<typeof join>): Buffer => {
    const part = join(...parts);
    return Buffer.alloc(part.length * count, part);
  };

  it.each([
    ['lengths beyond its end', join('B', 0xff, 0xff, 0xff, 0x7f, '.'), /ends early/],
    ['a length of eight bytes', join(0x8e, 0, 0, 0, 0, 0, 0, 0, 0x40, '.'), /has fewer/],
    ['a frame beyond its end', join(0x95, 0, 0, 0, 0, 1, 0, 0, 0, '.'), /has fewer/],
    ['a number of ten thousand digits', join(`L${'9'.repeat(10_000)}L\n.`), /malformed/],
    ['a number of ten thousand bytes', join(0x8b, 16, 39, 0, 0, Buffer.alloc(10_000), '.'), /10000 bytes/],
    ['dictionaries beyond number', join('(', all(250_000, '}')), /memory/],
    ['too many values waiting', all(250_001, 'N'), /waiting/],
    ['too many marks', all(250_001, '('), /marks/],
    ['a memo of many', join('N', all(250_000, 0x94)), /memory/],
    ['one long text turned to bytes again and again', join(opcodes('x'.repeat(100_000)), 'q\x00', opcodes('latin1'), 'q\x01c_codecs\nencode\nq\x02', all(100_000, 'h\x02(h\x00h\x01tR')), /memory/], // prettier-ignore
  ])('%s: refused', (_, bytes, reason) => {
    expect(refusal(bytes).message).toMatch(reason);
  });

  it('may be nested as deeply as it likes', () => {
    const deep = join(')', all(80_000, 0x85), '.');
    expect(readPickle(deep, { globals: pythonGlobals }).value).toHaveLength(1);
  });
});

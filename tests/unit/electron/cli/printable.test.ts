import { describe, expect, it } from 'vitest';
import { doubtfulTable } from '../../../../electron/cli/label-text.js';
import { failureLines } from '../../../../electron/cli/failure-text.js';
import { printable, printableLines } from '../../../../electron/cli/printable.js';

describe('names from files', () => {
  it('are shown as they are, but for what acts on a terminal', () => {
    expect(printable('chat-猫 é 👍🏽')).toBe('chat-猫 é 👍🏽');
    expect(printable('a\u001b[2Jb\u0007\u009bc')).toBe('a\\u{1b}[2Jb\\u{7}\\u{9b}c');
    expect(printable('x\u202egpj.exe\u2028')).toBe('x\\u{202e}gpj.exe\\u{2028}');
    expect(printable('\ud800')).toBe('\\u{d800}');
  });

  it('keep the lines of a text apart, and cannot add one to a list of failures', () => {
    expect(printableLines('a\nb\u001b')).toBe('a\nb\\u{1b}');
    const lines = failureLines([{ file: 'x\ny.jpg', code: 'file-damaged', reason: 'cut\r', action: 'skipped' }]);
    expect(lines).toEqual(['1 problem:', '  x\\u{a}y.jpg: cut\\u{d}; skipped']);
  });

  it('cannot clear the screen from a table of labels', () => {
    const label = {
      imageId: 'a\u001b[2J',
      classIndex: 0,
      confidence: 0.5,
      probability: 0.5,
      agreement: null,
      suggested: 1,
    };
    const text = doubtfulTable([label], ['cat\u001b]0;x\u0007', 'dog\r']).join('\n');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text).toContain('dog\\u{d}');
  });
});

import { describe, expect, it } from 'vitest';
import { languages } from '../../../shared/locales/index.js';
import { nearestLanguage, shellTexts, type ShellTextKey } from '../../../shared/locales/shell.js';
import en from '../../../shared/locales/en/shell.json' with { type: 'json' };
import zhCN from '../../../shared/locales/zh-CN/shell.json' with { type: 'json' };

const keys = Object.keys(en) as ShellTextKey[];
const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('texts of the shell', () => {
  it('are there in every language, with the same places for values', () => {
    expect(Object.keys(zhCN)).toEqual(keys);
    for (const key of keys) expect(`${key} ${places(zhCN[key]).join()}`).toBe(`${key} ${places(en[key]).join()}`);
  });

  it('take values as they are, and leave places without one', () => {
    expect(shellTexts('en')('link.question', { host: '{host} $& x' })).toBe(
      'Open this page of {host} $& x in the browser?',
    );
    expect(shellTexts('en')('link.question')).toContain('{host}');
  });

  it('are chosen by what the system speaks', () => {
    expect(['zh', 'zh-CN', 'zh-Hans-SG', 'de-DE', 'en-GB', ''].map(nearestLanguage)).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'en', 'en', 'en']); // prettier-ignore
    expect(languages).toContain(nearestLanguage('zh'));
  });
});

import { describe, expect, it } from 'vitest';
import { preferredLanguage, textsOf } from '../../../../renderer/locales/index.js';
import { errorCodes } from '../../../../shared/errors.js';

const [en, zhCN] = [textsOf('en'), textsOf('zh-CN')];

const paths = (texts: object, before = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [before + key] : paths(value as object, `${before}${key}.`),
  );
const textAt = (texts: object, path: string): string =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], texts) as string;
const slots = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

const files = import.meta.glob<string>('../../../../renderer/**/*.{vue,ts}', { query: '?raw', import: 'default', eager: true }); // prettier-ignore
const sources = Object.values(files).join('\n');

describe('the texts of the studio', () => {
  it('are there in both languages', () => expect(paths(zhCN)).toEqual(paths(en)));

  it.each(paths(en))('%s has the same values and plurals in both', (path) => {
    const [one, other] = [textAt(en, path), textAt(zhCN, path)];
    expect(slots(other)).toEqual(slots(one));
    expect(other.split(' | ')).toHaveLength(one.split(' | ').length);
    expect(other.trim()).not.toBe('');
  });

  it('have Chinese punctuation beside Chinese words', () => {
    const narrow = /[,;:!?(](?=\s?\p{Script=Han})|(?<=\p{Script=Han})[,;:!?()]/u;
    expect(paths(zhCN).filter((path) => narrow.test(textAt(zhCN, path)))).toEqual([]);
  });

  it.each(['error', 'errorRemedy'])('%s has every code, in the order of the codes', (part) =>
    expect(Object.keys(en[part])).toEqual([...errorCodes]),
  );

  it('include every key that the sources name', () => {
    const named = [...sources.matchAll(/\bt\('([\w.-]+)'|text: '(command\.\w+)'/g)].map(([, a, b]) => a ?? b);
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((key) => !paths(en).includes(key))).toEqual([]);
  });

  it('are chosen by the languages of the browser', () => {
    expect(preferredLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(preferredLanguage(['de'])).toBe('en');
  });
});

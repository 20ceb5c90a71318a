import type { Language } from './index.js';
import en from './en/shell.json' with { type: 'json' };
import zhCN from './zh-CN/shell.json' with { type: 'json' };

/** A text of the desktop shell. */
export type ShellTextKey = keyof typeof en;

/** All texts of the shell; the page shows those of commands, so that menu and page say the same. */
export const allShellTexts: Readonly<Record<Language, Readonly<Record<ShellTextKey, string>>>> = { en, 'zh-CN': zhCN };

/** Says a text in a language; `{name}` in it becomes the value of that name. */
export type ShellTexts = (key: ShellTextKey, values?: Readonly<Record<string, string>>) => string;

export const shellTexts =
  (language: Language): ShellTexts =>
  (key, values = {}) =>
    allShellTexts[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The language of the studio that is nearest to what a system speaks (`de-DE`, `zh-Hans-CN`). */
export const nearestLanguage = (locale: string): Language => (/^zh\b/i.test(locale) ? 'zh-CN' : 'en');

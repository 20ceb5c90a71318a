import en from './en/settings.json' with { type: 'json' };
import zhCN from './zh-CN/settings.json' with { type: 'json' };

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const texts: Record<Language, Record<string, Record<string, string>>> = { en, 'zh-CN': zhCN };

/** What a setting does, in one sentence. Every key has a text in every language; a test sweeps the table. */
export function settingText(group: string, key: string, language: Language = 'en'): string {
  return texts[language][group]?.[key] ?? key;
}

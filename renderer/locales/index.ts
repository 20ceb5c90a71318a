import { createI18n } from 'vue-i18n';
import { languages, type Language } from '../../shared/locales/index.js';
import { allShellTexts } from '../../shared/locales/shell.js';
import { allStageTexts } from '../../shared/locales/stage.js';

/** The languages, each under its own name. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** A part of the texts, `{language}/{part}.json`: its texts by key, of which some are groups. */
export interface Texts {
  [key: string]: string | Texts;
}

const files = import.meta.glob<Texts>('./*/*.json', { import: 'default', eager: true });

/** The texts of the desktop's menu as a part of the page's, `shell`: what stands in both is written once. */
function menuTexts(language: Language): Texts {
  const part: Texts = {};
  for (const [key, text] of Object.entries(allShellTexts[language])) {
    if (!/^(command|theme)\./.test(key)) continue;
    const path = key.split('.');
    const last = path.pop()!;
    path.reduce((group, name) => (group[name] ??= {}) as Texts, part)[last] = text;
  }
  return part;
}

/** All texts of a language: the parts by the names of their files, the menu's, and the stages of work. */
export const textsOf = (language: Language): Texts => ({
  shell: menuTexts(language),
  stage: { ...allStageTexts[language] },
  ...Object.fromEntries(
    Object.entries(files)
      .map(([path, part]) => [path.split('/').slice(1), part] as const)
      .filter(([[of]]) => of === language)
      .map(([[, file], part]) => [file.replace('.json', ''), part]),
  ),
});

/** The first language of the browser that the studio speaks. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  const speaks = wanted.map((tag) => languages.find((language) => language.split('-')[0] === tag.split('-')[0]));
  return speaks.find((language) => language !== undefined) ?? 'en';
}

/** The texts of the studio; the language is switched by setting `global.locale`. */
export function createTexts(locale: Language) {
  const messages = Object.fromEntries(languages.map((language) => [language, textsOf(language)]));
  return createI18n({ legacy: false, locale, fallbackLocale: 'en', messages });
}

import { createI18n } from 'vue-i18n';
import { languages, type Language } from '../../shared/locales/index.js';
import en from './en.json';
import zhCN from './zh-CN.json';

/** The languages, each under its own name. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** The first language of the browser that the studio speaks. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  const speaks = wanted.map((tag) => languages.find((language) => language.split('-')[0] === tag.split('-')[0]));
  return speaks.find((language) => language !== undefined) ?? 'en';
}

/** The texts of the studio; the language is switched by setting `global.locale`. */
export const createTexts = (locale: Language) =>
  createI18n({ legacy: false, locale, fallbackLocale: 'en', messages: { en, 'zh-CN': zhCN } });

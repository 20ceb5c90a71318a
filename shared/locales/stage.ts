import type { Progress, Stage } from '../progress.js';
import type { Language } from './index.js';
import en from './en/stage.json' with { type: 'json' };
import zhCN from './zh-CN/stage.json' with { type: 'json' };

/** Words of every stage; the page shows the same as the command line. */
export const allStageTexts: Readonly<Record<Language, Readonly<Record<Stage, string>>>> = { en, 'zh-CN': zhCN };

/** What is being done, e.g. `epoch 3 of 15`. */
export function stageText(
  { stage, part, parts }: Pick<Progress, 'stage' | 'part' | 'parts'>,
  language: Language = 'en',
): string {
  const values: Record<string, number | string | undefined> = { part, parts };
  return allStageTexts[language][stage].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

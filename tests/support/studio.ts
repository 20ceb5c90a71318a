import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import { expect } from 'vitest';
import { languages, type Language } from '../../shared/locales/index.js';
import { seriousViolations, startBrowser } from './browser.js';
import { startServing, type Serving } from './serve.js';

/** The studio of one project in a real browser. */
export interface Studio {
  page: Page;
  serving: Serving;
  /** Errors and warnings of the page's console. */
  said: string[];
  /** Switches the language as the menu does, past an open dialog as well. */
  speak(language: Language): Promise<void>;
  /** A picture of the screen in every theme and language; each must be free of serious faults for axe-core. */
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The box that commands, classes or tags are searched by, once it is open; a menu that only drops down is another thing. */
export const searchBoxOf = (page: Page): Locator => page.locator('input[role="combobox"]').last();

/**
 * Serves a project (or none) and opens the studio in chromium, 1280x800. Pictures of `shoot` go into `shots`, or where
 * COMASK_SCREENSHOTS says.
 */
export async function openStudio(
  project: string | undefined,
  shots: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Studio> {
  const kept = process.env.COMASK_SCREENSHOTS ?? shots;
  mkdirSync(kept, { recursive: true });
  const serving = await startServing(project, env);
  const browser: Browser = await startBrowser();
  // A context of its own, so that a test may open a second window in it.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  const [name, value] = serving.cookie.split('=');
  await context.addCookies([{ name, value, url: serving.origin }]);
  await page.goto(serving.origin);

  async function speak(language: Language): Promise<void> {
    if ((await page.locator('html').getAttribute('lang')) === language) return;
    const init = JSON.stringify({ key: 'comask.language', newValue: language });
    await page.evaluate(
      `localStorage.setItem('comask.language', '${language}'); dispatchEvent(new StorageEvent('storage', { ...${init}, storageArea: localStorage }))`,
    );
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
  }

  async function shoot(shot: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      for (const language of languages) {
        await speak(language);
        await page.mouse.move(640, 60);
        await page.waitForTimeout(150);
        await page.screenshot({ path: join(kept, `${shot}-${theme}-${language}.png`) });
        expect(await seriousViolations(page), `${shot} ${theme} ${language}`).toEqual([]);
      }
    }
    await speak('en');
  }

  async function close(): Promise<void> {
    await browser.close();
    serving.running.kill('SIGKILL');
  }

  return { page, serving, said, speak, shoot, close };
}

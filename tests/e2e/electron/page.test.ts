import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronReady, inPage, startApp, unlessElectron, type App } from '../../support/electron.js';
import { temporaryFolder } from '../../support/folder.js';
import { smallProject } from '../../support/project.js';
import { until } from '../../support/serve.js';
import { searchBoxOf } from '../../support/studio.js';

/** Chooses an item of the menu, as a click does. */
const choose = ({ electron }: App, id: string): Promise<void> =>
  electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()!.getMenuItemById(item)!.click(), id);

/** Answers the system's dialogs for folders and files in place of a person. */
const answerPaths = ({ electron }: App, path: string | null): Promise<void> =>
  electron.evaluate(({ dialog }, chosen) => {
    const showOpenDialog = async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
    Object.assign(dialog, { showOpenDialog });
  }, path);

describe.skipIf(!electronReady)(`the page in the desktop app (${unlessElectron})`, () => {
  it('does what the menu says, and says what it cannot', async () => {
    const app = await startApp(join(smallProject(temporaryFolder(), 4), 'project.comask'));
    const { page } = app;
    await page.waitForURL(/\/dataset/);
    await choose(app, 'view.palette');
    await page.getByRole('dialog', { name: 'Command Palette' }).waitFor();
    await searchBoxOf(page).fill('settings');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings/);
    await choose(app, 'go.dataset');
    await page.waitForURL(/\/dataset/);
    await choose(app, 'edit.find');
    await expect.poll(() => inPage(app, 'document.activeElement.id')).toBe('image-search');
    await choose(app, 'help.keys');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await choose(app, 'go.next');
    await page.getByText('Next Image: not available on this screen').waitFor();
    await app.electron.close();
  });

  it('chooses folders and shows files by way of the desktop', async () => {
    const folder = temporaryFolder();
    const app = await startApp(smallProject(folder, 4));
    const { page } = app;
    await page.waitForURL(/\/dataset/);
    await app.electron.evaluate(({ shell }) => {
      const revealed: string[] = ((globalThis as never as { revealed: string[] }).revealed = []);
      Object.assign(shell, { showItemInFolder: (path: string) => void revealed.push(path) });
    });
    await page.locator('#tile-0').dblclick();
    await page.getByRole('button', { name: 'Show in its folder' }).click();
    const revealed = () => app.electron.evaluate(() => (globalThis as never as { revealed: string[] }).revealed);
    await expect.poll(revealed).toEqual([join(folder, 'photos', 'p000.png')]);

    await choose(app, 'project.new');
    await page.waitForURL(/\/import/);
    await answerPaths(app, join(folder, 'photos'));
    await page.getByRole('button', { name: 'Folder of the dataset: Choose folder…' }).click();
    await expect.poll(() => page.getByLabel('Folder of the dataset', { exact: true }).inputValue()).toBe(join(folder, 'photos')); // prettier-ignore
    await answerPaths(app, null);
    await page.getByRole('button', { name: 'Folder of the dataset: Choose folder…' }).click();
    expect(await page.getByLabel('Folder of the dataset', { exact: true }).inputValue()).toBe(join(folder, 'photos'));

    const other = smallProject(temporaryFolder(), 2);
    await answerPaths(app, other);
    await choose(app, 'project.open');
    await page.waitForURL(/\/dataset/);
    await expect.poll(() => page.locator('footer').textContent()).toContain('of 2');
    await app.electron.close();
  });

  it('looks as the menu says, and tells the menu of its own settings', async () => {
    const app = await startApp(smallProject(temporaryFolder(), 2));
    const { page } = app;
    await page.waitForURL(/\/dataset/);
    const checked = (id: string): Promise<boolean> =>
      app.electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()!.getMenuItemById(item)!.checked, id);
    await choose(app, 'theme.dark');
    await page.locator('html.dark').waitFor({ state: 'attached' });
    await choose(app, 'language.zh-CN');
    await page.locator('html[lang="zh-CN"]').waitFor({ state: 'attached' });

    await choose(app, 'edit.settings');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Light', exact: true }).click();
    await page.locator('html:not(.dark)').waitFor({ state: 'attached' });
    await until(async () => (await checked('theme.light')) && (await checked('language.en')), Boolean);

    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    const palette = page.getByRole('listitem').filter({ hasText: 'Command Palette' });
    expect(await palette.textContent()).toContain('menu');
    await app.electron.close();
  });
});

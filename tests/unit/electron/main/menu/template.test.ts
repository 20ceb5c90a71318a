import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate, type MenuModel } from '../../../../../electron/main/menu/template.js';
import { languages, type Language } from '../../../../../shared/locales/index.js';
import { shellTexts } from '../../../../../shared/locales/shell.js';
import { commandIds, menuCommands, type MenuCommand } from '../../../../../shared/shell/commands.js';

type Item = MenuItemConstructorOptions;

const actions = () => ({
  send: vi.fn(),
  openProject: vi.fn(),
  openRecent: vi.fn(),
  forgetRecent: vi.fn(),
  setTheme: vi.fn(),
  setLanguage: vi.fn(),
  reload: vi.fn(),
  about: vi.fn(),
});
const model = (language: Language = 'en', more: Partial<MenuModel> = {}): MenuModel => ({
  texts: shellTexts(language),
  language,
  theme: 'dark',
  recent: ['/data/birds & bees'],
  platform: 'linux',
  devTools: false,
  ...more,
});

const all = (items: Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
const find = (items: Item[], id: string): Item => all(items).find((item) => item.id === id)!;
const click = (item: Item): void => (item.click as () => void)();

describe('the menu bar', () => {
  it('has every command with its key, and sends it to the page', () => {
    const does = actions();
    const items = menuTemplate(model(), does);
    for (const id of commandIds) {
      const { key, keyIsThePages = false }: MenuCommand = menuCommands[id];
      const item = find(items, id);
      expect(item).toMatchObject({ accelerator: key, registerAccelerator: !keyIsThePages });
      click(item);
      expect(does.send).toHaveBeenLastCalledWith({ id });
    }
  });

  it.each(languages)('speaks %s throughout', (language) => {
    const items = all(menuTemplate(model(language), actions()));
    for (const { label, type } of items) if (type !== 'separator') expect(label).toBeTruthy();
    expect(
      items.map(({ label }) => label).filter((label) => /^(command|menu|theme|language)\./.test(label ?? '')),
    ).toEqual([]);
  });

  it('gives no key to two commands, nor takes those by which a page is lost', () => {
    const keys = all(menuTemplate(model(), actions())).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => /^CmdOrCtrl\+[RW]$/.test(key as string))).toEqual([]);
    const roles = all(menuTemplate(model(), actions())).map(({ role }) => role);
    for (const role of ['reload', 'forceReload', 'close', 'toggleDevTools'] as const) expect(roles).not.toContain(role);
  });

  it('lists recent projects, an ampersand as it is', () => {
    const does = actions();
    const { submenu } = find(menuTemplate(model(), does), 'project.recent');
    const [first] = submenu as Item[];
    expect(first.label).toBe('/data/birds && bees');
    click(first);
    expect(does.openRecent).toHaveBeenCalledWith('/data/birds & bees');
    expect(find(menuTemplate(model('en', { recent: [] }), does), 'project.recent').enabled).toBe(false);
  });

  it('marks what is chosen', () => {
    const does = actions();
    const items = menuTemplate(model('zh-CN'), does);
    expect(find(items, 'theme.dark').checked).toBe(true);
    expect(find(items, 'theme.light').checked).toBe(false);
    expect(find(items, 'language.zh-CN').checked).toBe(true);
    click(find(items, 'theme.light'));
    expect(does.setTheme).toHaveBeenCalledWith('light');
  });

  it('leaves keys of the page to the page on a Mac, where a menu takes all that it shows', () => {
    const items = menuTemplate(model('en', { platform: 'darwin' }), actions());
    expect(items[0].role).toBe('appMenu');
    expect(find(items, 'help.keys').accelerator).toBeUndefined();
    expect(find(items, 'view.palette').accelerator).toBe('CmdOrCtrl+K');
  });
});

import type { MenuItemConstructorOptions } from 'electron';
import { languages, type Language } from '../../../shared/locales/index.js';
import type { ShellTextKey, ShellTexts } from '../../../shared/locales/shell.js';
import { themes, type ShellCommand, type Theme } from '../../../shared/shell/bridge.js';
import {
  commandIds,
  menuCommands,
  menus,
  shellKeys,
  type MenuCommand,
  type MenuName,
} from '../../../shared/shell/commands.js';

type Item = MenuItemConstructorOptions;

/** What the menu shows. */
export interface MenuModel {
  texts: ShellTexts;
  language: Language;
  theme: Theme;
  /** Folders of projects. */
  recent: readonly string[];
  platform: NodeJS.Platform;
  devTools: boolean;
}

/** What the shell does itself; the rest goes to the page. */
export interface MenuActions {
  send(command: ShellCommand): void;
  openProject(): void;
  openRecent(folder: string): void;
  forgetRecent(): void;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
  reload(): void;
  about(): void;
}

const line: Item = { type: 'separator' };

/** A page's command. A Mac takes every key that its menu shows, so that those of the page are left out there. */
function pageItem(id: (typeof commandIds)[number], { texts, platform }: MenuModel, { send }: MenuActions): Item[] {
  const { key, keyIsThePages = false, after }: MenuCommand = menuCommands[id];
  const shown = keyIsThePages && platform === 'darwin' ? undefined : key;
  const item: Item = {
    id,
    label: texts(`command.${id}`),
    accelerator: shown,
    registerAccelerator: !keyIsThePages,
    click: () => send({ id }),
  };
  return after === 'line' ? [line, item] : [item];
}

const pageItems = (menu: MenuName, model: MenuModel, actions: MenuActions): Item[] =>
  commandIds.filter((id) => menuCommands[id].menu === menu).flatMap((id) => pageItem(id, model, actions));

function fileItems(model: MenuModel, actions: MenuActions): Item[] {
  const { texts, recent } = model;
  // An ampersand would mark a key of the menu.
  const folders = recent.map((folder): Item => ({ label: folder.replace(/&/g, '&&'), click: () => actions.openRecent(folder) })); // prettier-ignore
  const forget: Item = { label: texts('command.project.forget'), click: () => actions.forgetRecent() };
  return [
    { id: 'project.open', label: texts('command.project.open'), accelerator: shellKeys['project.open'], click: () => actions.openProject() }, // prettier-ignore
    {
      id: 'project.recent',
      label: texts('command.project.recent'),
      enabled: recent.length > 0,
      submenu: [...folders, line, forget],
    },
    ...pageItems('file', model, actions),
    line,
    { role: 'quit', label: texts('command.quit'), accelerator: shellKeys.quit },
  ];
}

function editItems(model: MenuModel, actions: MenuActions): Item[] {
  const { texts } = model;
  const roles = (['cut', 'copy', 'paste', 'selectAll'] as const).map((role): Item => ({
    role,
    label: texts(`command.edit.${role}`),
  }));
  const [undo, redo, ...others] = pageItems('edit', model, actions);
  return [undo, redo, line, ...roles, ...others];
}

function viewItems(model: MenuModel, actions: MenuActions): Item[] {
  const { texts } = model;
  const radio = (label: ShellTextKey, checked: boolean, click: () => void): Item => ({
    id: label,
    type: 'radio',
    label: texts(label),
    checked,
    click,
  });
  return [
    ...pageItems('view', model, actions),
    line,
    {
      label: texts('command.view.theme'),
      submenu: themes.map((theme) => radio(`theme.${theme}`, theme === model.theme, () => actions.setTheme(theme))),
    },
    {
      label: texts('command.view.language'),
      submenu: languages.map((language) =>
        radio(`language.${language}`, language === model.language, () => actions.setLanguage(language)),
      ),
    },
    line,
    { role: 'zoomIn', label: texts('command.view.zoomIn'), accelerator: shellKeys['view.zoomIn'] },
    { role: 'zoomOut', label: texts('command.view.zoomOut'), accelerator: shellKeys['view.zoomOut'] },
    { role: 'resetZoom', label: texts('command.view.zoomReset'), accelerator: shellKeys['view.zoomReset'] },
    {
      role: 'togglefullscreen',
      label: texts('command.view.fullScreen'),
      // A Mac has a key of its own for it.
      ...(model.platform === 'darwin' ? {} : { accelerator: shellKeys['view.fullScreen'] }),
    },
    line,
    { id: 'view.reload', label: texts('command.view.reload'), click: () => actions.reload() },
    ...(model.devTools ? [{ role: 'toggleDevTools' as const, label: texts('command.view.devTools') }] : []),
  ];
}

function helpItems(model: MenuModel, actions: MenuActions): Item[] {
  const about: Item = { id: 'help.about', label: model.texts('command.help.about'), click: () => actions.about() };
  return [...pageItems('help', model, actions), line, about];
}

/**
 * The menu bar. Electron's own is not used: it takes Ctrl+R and Ctrl+W, by which a person who corrects masks would lose
 * the page.
 */
export function menuTemplate(model: MenuModel, actions: MenuActions): Item[] {
  const items: Record<MenuName, Item[]> = {
    file: fileItems(model, actions),
    edit: editItems(model, actions),
    view: viewItems(model, actions),
    go: pageItems('go', model, actions),
    jobs: pageItems('jobs', model, actions),
    help: helpItems(model, actions),
  };
  const bar = menus.map((menu): Item => ({ id: menu, label: model.texts(`menu.${menu}`), submenu: items[menu] }));
  return model.platform === 'darwin' ? [{ role: 'appMenu' }, ...bar] : bar;
}

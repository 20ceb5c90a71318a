/** Menus of the menu bar, in their order. */
export const menus = ['file', 'edit', 'view', 'go', 'jobs', 'help'] as const;
export type MenuName = (typeof menus)[number];

/** A command that the menu shows and the page carries out. */
export interface MenuCommand {
  menu: MenuName;
  /** Electron's notation; `CmdOrCtrl` is the Command key on a Mac. */
  key?: string;
  /** The page listens to the key itself, for it means something only in its place: the menu shows it and does not take it. */
  keyIsThePages?: boolean;
  /** A line above it. */
  after?: 'line';
}

/** Every command of the page that stands in the menu. Its text is `command.<id>` of shared/locales. */
export const menuCommands = {
  'project.new': { menu: 'file', key: 'CmdOrCtrl+N' },
  'project.sample': { menu: 'file' },
  'edit.undo': { menu: 'edit', key: 'CmdOrCtrl+Z', keyIsThePages: true },
  'edit.redo': { menu: 'edit', key: 'CmdOrCtrl+Shift+Z', keyIsThePages: true },
  'edit.find': { menu: 'edit', key: 'CmdOrCtrl+F', after: 'line' },
  'edit.settings': { menu: 'edit', key: 'CmdOrCtrl+,', after: 'line' },
  'view.palette': { menu: 'view', key: 'CmdOrCtrl+K' },
  'view.sidebar': { menu: 'view', key: 'CmdOrCtrl+B' },
  'go.dataset': { menu: 'go', key: 'Alt+1' },
  'go.maps': { menu: 'go', key: 'Alt+2' },
  'go.editor': { menu: 'go', key: 'Alt+3' },
  'go.runs': { menu: 'go', key: 'Alt+4' },
  'go.results': { menu: 'go', key: 'Alt+5' },
  'go.next': { menu: 'go', key: 'Right', keyIsThePages: true, after: 'line' },
  'go.previous': { menu: 'go', key: 'Left', keyIsThePages: true },
  'jobs.show': { menu: 'jobs', key: 'CmdOrCtrl+J' },
  'jobs.train': { menu: 'jobs', after: 'line' },
  'jobs.localize': { menu: 'jobs' },
  'jobs.saliency': { menu: 'jobs' },
  'jobs.masks': { menu: 'jobs' },
  'jobs.segment-train': { menu: 'jobs' },
  'jobs.segment-predict': { menu: 'jobs' },
  'jobs.evaluate': { menu: 'jobs' },
  'jobs.export': { menu: 'jobs' },
  'help.keys': { menu: 'help', key: '?', keyIsThePages: true },
} as const satisfies Record<string, MenuCommand>;

export type CommandId = keyof typeof menuCommands;
export const commandIds = Object.keys(menuCommands) as CommandId[];

/** Keys of what the shell does without the page. */
export const shellKeys = {
  'project.open': 'CmdOrCtrl+O',
  quit: 'CmdOrCtrl+Q',
  'view.zoomIn': 'CmdOrCtrl+Plus',
  'view.zoomOut': 'CmdOrCtrl+-',
  // Ctrl+0 fits the photo.
  'view.zoomReset': 'CmdOrCtrl+Shift+0',
  'view.fullScreen': 'F11',
} as const;

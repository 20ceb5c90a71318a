import { actionNames, actions, type ActionName } from '../../canvas/actions.js';
import { toolNames, tools, type ToolName } from '../../canvas/tools/index.js';
import type { CommandInfo, CommandTable } from '../command.js';

type Row = Omit<CommandInfo, 'id'>;
const scope = 'editor';

/** Taking up a tool of the mask editor. */
export const editorToolTable = Object.fromEntries(
  toolNames.map((name): [string, Row] => [`tool.${name}`, { scope, text: `editor.tool.${name}`, keys: [tools[name].key] }]),
) as CommandTable<`tool.${ToolName}`>; // prettier-ignore

/** What is done to a whole mask. */
export const editorActionTable = Object.fromEntries(
  actionNames.map((name): [string, Row] => [`mask.${name}`, { scope, text: `editor.action.${name}`, keys: [actions[name].key] }]),
) as CommandTable<`mask.${ActionName}`>; // prettier-ignore

/** Classes that have a digit. */
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export type ClassDigit = (typeof DIGITS)[number];

/** Taking up the classes of the image by digits. */
export const editorClassTable = Object.fromEntries(
  DIGITS.map((digit): [string, Row] => [`class.${digit}`, { scope, text: 'command.class', keys: [digit], keysOnly: true, fixed: true }]),
) as CommandTable<`class.${ClassDigit}`>; // prettier-ignore

/** The rest of the mask editor. */
export const editorTable = {
  'editor.back': { scope, text: 'command.back', keys: ['Escape'] },
  'editor.save': { scope, text: 'command.save', keys: ['Ctrl+S'] },
  'editor.accept': { scope, text: 'command.accept', keys: ['Ctrl+Enter'] },
  'editor.needsWork': { scope, text: 'command.needsWork', keys: ['Ctrl+Shift+Enter'] },
  'editor.nextUnreviewed': { scope, text: 'edit.nextUnreviewed', keys: ['Ctrl+ArrowRight'] },
  'editor.previousUnreviewed': { scope, text: 'edit.previousUnreviewed', keys: ['Ctrl+ArrowLeft'] },
  'editor.refine': { scope, text: 'command.refine', keys: ['Shift+R'] },
  'editor.cursor': { scope, text: 'command.cursor', keys: ['Shift+K'] },
  'editor.close': { scope, text: 'command.closeOutline', keys: ['Enter'], keysOnly: true },
  'editor.corner': { scope, text: 'command.takeBack', keys: ['Backspace'], keysOnly: true },
  'editor.smaller': { scope, text: 'command.smaller', keys: ['['], keysOnly: true },
  'editor.larger': { scope, text: 'command.larger', keys: [']'], keysOnly: true },
  'editor.swap': { scope, text: 'command.swap', keys: ['X'] },
  'editor.find': { scope, text: 'command.findClass', keys: ['L'] },
  'editor.lock': { scope, text: 'command.lock', keys: ['K'] },
  'editor.over': { scope, text: 'command.paintOver', keys: ['O'] },
  'editor.level': { scope, text: 'command.level', keys: ['Shift+S'] },
  'editor.background': { scope, text: 'command.background', keys: ['0'], keysOnly: true },
  'editor.ignore': { scope, text: 'command.ignore', keys: ['`'], keysOnly: true },
  'editor.peek': { scope, text: 'command.peek', keys: ['V'] },
  'editor.stronger': { scope, text: 'command.stronger', keys: ['Shift+ArrowUp'] },
  'editor.weaker': { scope, text: 'command.weaker', keys: ['Shift+ArrowDown'] },
  'editor.contour': { scope, text: 'command.contour', keys: ['C'] },
  'editor.smoothing': { scope, text: 'command.smoothing', keys: ['N'] },
  'editor.before': { scope, text: 'command.before', keys: ['Ctrl+\\'] },
  'editor.panel': { scope, text: 'command.panel', keys: ['\\'] },
  'editor.queue': { scope, text: 'command.queue', keys: ['Shift+Q'] },
  'editor.fit': { scope, text: 'command.fit', keys: ['Ctrl+0'] },
  'editor.actual': { scope, text: 'command.actual', keys: ['Ctrl+1'] },
  'editor.in': { scope, text: 'command.zoomIn', keys: ['+', '='] },
  'editor.out': { scope, text: 'command.zoomOut', keys: ['-'] },
} as const satisfies CommandTable;

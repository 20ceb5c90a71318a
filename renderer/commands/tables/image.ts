import type { CommandTable } from '../command.js';

/** Layers and zoom of one image. */
export const imageTable = {
  'image.back': { scope: 'image', text: 'command.back', keys: ['Escape'] },
  'layer.peek': { scope: 'image', text: 'command.peek', keys: ['V'] },
  'layer.cycle': { scope: 'image', text: 'command.cycle', keys: ['M'] },
  'layer.stronger': { scope: 'image', text: 'command.stronger', keys: ['Shift+ArrowUp'] },
  'layer.weaker': { scope: 'image', text: 'command.weaker', keys: ['Shift+ArrowDown'] },
  'zoom.fit': { scope: 'image', text: 'command.fit', keys: ['Ctrl+0'] },
  'zoom.actual': { scope: 'image', text: 'command.actual', keys: ['Ctrl+1'] },
  'zoom.in': { scope: 'image', text: 'command.zoomIn', keys: ['+', '='] },
  'zoom.out': { scope: 'image', text: 'command.zoomOut', keys: ['-'] },
} as const satisfies CommandTable;

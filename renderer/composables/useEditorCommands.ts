import { useEventListener } from '@vueuse/core';
import { paintOverModes } from '../../shared/label-map/rules.js';
import { IGNORE } from '../../shared/types.js';
import { actionNames, actions } from '../canvas/actions.js';
import { toolNames, tools, type ToolName } from '../canvas/tools/index.js';
import type { Command } from '../commands/registry.js';
import { useEditorSession } from '../stores/editor-session.js';
import { useMaskDocument } from '../stores/mask-document.js';
import { usePreferences } from '../stores/preferences.js';
import { useCommands } from './useCommands.js';

interface EditorScreen {
  go(steps: number): void;
  back(): void;
  accept(): void;
  /** Fits the mask in view to the edges of the photo. */
  refine(): void;
  /** Labels of the keys 1 to 9. */
  digits(): readonly number[];
  findClass(): void;
  zoom: { fit(): void; actual(): void; step(notches: number): void };
}

/** Milliseconds after which a held V is a look underneath, and no switch. */
const HELD = 250;

/** Keys of the mask editor. */
export function useEditorCommands({ go, back, accept, refine, digits, findClass, zoom }: EditorScreen): void {
  const [session, mask, preferences] = [useEditorSession(), useMaskDocument(), usePreferences()];
  const scope = 'editor';
  let pressedAt = 0;

  function take(tool: ToolName): void {
    session.tool = tool;
    mask.editor?.take(tool);
  }
  function peek(event?: KeyboardEvent): void {
    if (event?.repeat) return;
    pressedAt = performance.now();
    session.peeking = !session.peeking;
  }
  useEventListener(window, 'keyup', ({ key }: KeyboardEvent) => {
    if (key.toUpperCase() !== 'V' || pressedAt === 0) return;
    if (performance.now() - pressedAt > HELD) session.peeking = false;
    pressedAt = 0;
  });
  function escape(): void {
    if (mask.editor?.cancel()) return;
    if (session.settings.clip) session.settings.clip = null;
    else back();
  }
  const { settings } = session;
  const nextOver = (): void => {
    settings.over = paintOverModes[(paintOverModes.indexOf(settings.over) + 1) % paintOverModes.length];
  };
  const one = (id: string, text: string, keys: string[], run: Command['run'], more: Partial<Command> = {}): Command => ({ id: `editor-${id}`, scope, text, keys, run, ...more }); // prettier-ignore
  const quiet = { keysOnly: true };
  const drawing = { keysOnly: true, when: () => mask.editor !== null && mask.editor.state !== 'idle' };

  useCommands([
    ...toolNames.map((name) => one(name, `editor.tool.${name}`, [tools[name].key], () => take(name))),
    ...actionNames.map((name) => one(name, `editor.action.${name}`, [actions[name].key], () => mask.editor?.act(name))),
    one('undo', 'command.undo', ['Ctrl+Z'], () => mask.editor?.undo()),
    one('redo', 'command.redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], () => mask.editor?.redo()),
    one('save', 'command.save', ['Ctrl+S'], () => void mask.flush()),
    one('accept', 'command.accept', ['Ctrl+Enter'], accept),
    one('refine', 'command.refine', ['Shift+R'], refine),
    one('next', 'command.next', ['ArrowRight', 'D'], () => go(1)),
    one('previous', 'command.previous', ['ArrowLeft', 'A'], () => go(-1)),
    one('back', 'command.back', ['Escape'], escape),
    one('close', 'command.closeOutline', ['Enter'], () => mask.editor?.key('Enter'), drawing),
    one('corner', 'command.takeBack', ['Backspace'], () => mask.editor?.key('Backspace'), drawing),
    one('smaller', 'command.smaller', ['['], () => session.grow(-1), quiet),
    one('larger', 'command.larger', [']'], () => session.grow(1), quiet),
    one('swap', 'command.swap', ['X'], session.swap),
    one('find', 'command.findClass', ['L'], findClass),
    one('lock', 'command.lock', ['K'], () => session.toggleLock(settings.label)),
    one('over', 'command.paintOver', ['O'], nextOver),
    one('level', 'command.level', ['Shift+S'], session.nextLevel),
    one('peek', 'command.peek', ['V'], peek),
    one('stronger', 'command.stronger', ['Shift+ArrowUp'], () => session.fade(1)),
    one('weaker', 'command.weaker', ['Shift+ArrowDown'], () => session.fade(-1)),
    one('contour', 'command.contour', ['C'], () => (session.contour = !session.contour)),
    one('smoothing', 'command.smoothing', ['N'], () => (session.smoothing = !session.smoothing)),
    one('before', 'command.before', ['Ctrl+\\'], () => (session.before = !session.before)),
    one('panel', 'command.panel', ['\\'], () => (preferences.editorPanelOpen = !preferences.editorPanelOpen)),
    one('fit', 'command.fit', ['Ctrl+0'], zoom.fit),
    one('actual', 'command.actual', ['Ctrl+1'], zoom.actual),
    one('in', 'command.zoomIn', ['+', '='], () => zoom.step(1)),
    one('out', 'command.zoomOut', ['-'], () => zoom.step(-1)),
    one('background', 'command.background', ['0'], () => session.choose(0), quiet),
    one('ignore', 'command.ignore', ['`'], () => session.choose(IGNORE), quiet),
    ...Array.from({ length: 9 }, (_, k) =>
      one(
        `class-${k + 1}`,
        'command.class',
        [String(k + 1)],
        () => session.choose(digits()[k] ?? settings.label),
        quiet,
      ),
    ),
  ]);
}

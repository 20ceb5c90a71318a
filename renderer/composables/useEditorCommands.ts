import { useEventListener } from '@vueuse/core';
import { paintOverModes } from '../../shared/label-map/rules.js';
import { IGNORE } from '../../shared/types.js';
import { actionNames } from '../canvas/actions.js';
import { toolNames, type ToolName } from '../canvas/tools/index.js';
import { offered } from '../commands/command.js';
import { editorActionTable, editorClassTable, editorTable, editorToolTable } from '../commands/tables/editor.js';
import { menuTable } from '../commands/tables/menu.js';
import { useEditorSession } from '../stores/editor-session.js';
import { useMaskDocument } from '../stores/mask-document.js';
import { usePreferences } from '../stores/preferences.js';
import { useReviewQueue } from '../stores/review-queue.js';
import { useCommands } from './useCommands.js';

interface EditorScreen {
  go(steps: number): void;
  back(): void;
  /** Notes what the person thinks of the image, and goes on. */
  review(state: 'reviewed' | 'needs-work'): void;
  /** To the next image that nobody has reviewed, or the one before. */
  unreviewed(forward: boolean): void;
  /** Fits the mask in view to the edges of the photo. */
  refine(): void;
  /** Labels of the keys 1 to 9. */
  digits(): readonly number[];
  findClass(): void;
  zoom: { fit(): void; actual(): void; step(notches: number): void };
}

/** Milliseconds after which a held key is a look underneath, and no switch. */
const HELD = 250;

/** Keys of the mask editor. */
export function useEditorCommands({
  go,
  back,
  review,
  unreviewed,
  refine,
  digits,
  findClass,
  zoom,
}: EditorScreen): void {
  const [session, mask, preferences] = [useEditorSession(), useMaskDocument(), usePreferences()];
  const queue = useReviewQueue();
  let pressed = { code: '', at: 0 };

  function take(tool: ToolName): void {
    session.tool = tool;
    mask.editor?.take(tool);
  }
  function peek(event?: KeyboardEvent): void {
    if (event?.repeat) return;
    pressed = { code: event?.code ?? '', at: performance.now() };
    session.peeking = !session.peeking;
  }
  useEventListener(window, 'keyup', ({ code }: KeyboardEvent) => {
    if (pressed.code === '' || code !== pressed.code) return;
    if (performance.now() - pressed.at > HELD) session.peeking = false;
    pressed = { code: '', at: 0 };
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
  const drawing = (key: string) => ({
    when: () => mask.editor !== null && mask.editor.state !== 'idle',
    run: () => void mask.editor?.key(key),
  });

  useCommands([
    ...offered(menuTable, {
      'edit.undo': () => mask.editor?.undo(),
      'edit.redo': () => mask.editor?.redo(),
      'go.next': () => go(1),
      'go.previous': () => go(-1),
    }),
    ...toolNames.flatMap((name) => offered(editorToolTable, { [`tool.${name}`]: () => take(name) })),
    ...actionNames.flatMap((name) => offered(editorActionTable, { [`mask.${name}`]: () => mask.editor?.act(name) })),
    ...Array.from({ length: 9 }, (_, k) =>
      offered(editorClassTable, { [`class.${k + 1}`]: () => session.choose(digits()[k] ?? settings.label) }),
    ).flat(),
    ...offered(editorTable, {
      'editor.back': escape,
      'editor.save': () => void mask.flush(),
      'editor.accept': () => review('reviewed'),
      'editor.needsWork': () => review('needs-work'),
      'editor.nextUnreviewed': () => unreviewed(true),
      'editor.previousUnreviewed': () => unreviewed(false),
      'editor.refine': refine,
      'editor.close': drawing('Enter'),
      'editor.corner': drawing('Backspace'),
      'editor.smaller': () => session.grow(-1),
      'editor.larger': () => session.grow(1),
      'editor.swap': () => session.swap(),
      'editor.find': findClass,
      'editor.lock': () => session.toggleLock(settings.label),
      'editor.over': nextOver,
      'editor.level': () => session.nextLevel(),
      'editor.background': () => session.choose(0),
      'editor.ignore': () => session.choose(IGNORE),
      'editor.peek': peek,
      'editor.stronger': () => session.fade(1),
      'editor.weaker': () => session.fade(-1),
      'editor.contour': () => void (session.contour = !session.contour),
      'editor.smoothing': () => void (session.smoothing = !session.smoothing),
      'editor.before': () => void (session.before = !session.before),
      'editor.panel': () => void (preferences.editorPanelOpen = !preferences.editorPanelOpen),
      'editor.queue': () => void (queue.on = !queue.on),
      'editor.fit': () => zoom.fit(),
      'editor.actual': () => zoom.actual(),
      'editor.in': () => zoom.step(1),
      'editor.out': () => zoom.step(-1),
    }),
  ]);
}

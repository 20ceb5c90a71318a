import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef } from 'vue';
import type { Refusal } from '../../shared/label-map/outcome.js';
import { superpixelLevels } from '../../shared/label-map/superpixel.js';
import { LARGEST_TIP } from '../../shared/label-map/tip.js';
import { IGNORE } from '../../shared/types.js';
import type { Draft, PaintSettings } from '../canvas/surface.js';
import type { ToolName } from '../canvas/tools/index.js';

/** Colours of classes: the project's, or some that the colour-blind can tell apart. */
export const paletteNames = ['project', 'safe'] as const;

/** What the mask in hand is compared with. */
export const comparisons = ['pseudo', 'opened'] as const;

/** How the person works: tool, sizes, look. The same from image to image; nothing of a mask is in it. */
export const useEditorSession = defineStore('editor-session', () => {
  const settings = reactive<PaintSettings>({
    label: 1,
    brushSize: 20,
    eraserSize: 20,
    shape: 'round',
    over: 'all',
    hidden: new Set(),
    locked: new Set(),
    clip: null,
    outline: 'add',
    tolerance: 24,
    level: 1,
  });
  const tool = ref<ToolName>('brush');
  const opacity = ref(0.6);
  const contour = ref(false);
  const palette = ref<(typeof paletteNames)[number]>('project');
  /** Whether the photo is smoothed where it is enlarged; the mask never is. */
  const smoothing = ref(false);
  const peeking = ref(false);
  /** Whether the mask before is shown beside the one in hand, what that is, and where the divider is: percent of the width. */
  const before = ref(false);
  const beforeOf = ref<(typeof comparisons)[number]>('pseudo');
  const splitAt = ref(50);
  const draft = shallowRef<Draft | null>(null);
  const refusal = ref<Refusal | null>(null);
  /** The label before the present one, which X goes back to. */
  const other = ref(0);

  function choose(label: number): void {
    if (label === settings.label) return;
    other.value = settings.label;
    settings.label = label;
  }

  /** The size of the brush or, with the eraser in hand, of that. */
  const sizeName = computed(() => (tool.value === 'eraser' ? 'eraserSize' : 'brushSize'));
  function resize(size: number): void {
    settings[sizeName.value] = Math.min(LARGEST_TIP, Math.max(1, Math.round(size)));
  }
  /** A tenth more or less, at least a pixel. */
  function grow(steps: number): void {
    const size = settings[sizeName.value];
    resize(size + steps * Math.max(1, Math.round(size / 10)));
  }

  const without = (set: ReadonlySet<number>, label: number): Set<number> =>
    set.has(label) ? new Set([...set].filter((one) => one !== label)) : new Set([...set, label]);
  const toggleLock = (label: number): void => void (settings.locked = without(settings.locked, label));
  const toggleHidden = (label: number): void => void (settings.hidden = without(settings.hidden, label));
  const nextLevel = (): void => void (settings.level = (settings.level + 1) % superpixelLevels.length);
  const swap = (): void => choose(settings.label === 0 ? other.value || IGNORE : 0);
  const fade = (steps: number): void => {
    opacity.value = Math.min(1, Math.max(0.1, Math.round((opacity.value + steps * 0.1) * 10) / 10));
  };

  return {
    settings, tool, opacity, contour, palette, smoothing, peeking, before, beforeOf, splitAt, draft, refusal,
    choose, resize, grow, toggleLock, toggleHidden, nextLevel, swap, fade, sizeName,
  }; // prettier-ignore
});

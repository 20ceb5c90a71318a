import { StorageSerializers, useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { z } from 'zod';
import type { Language } from '../../shared/locales/index.js';
import { themes, type Theme } from '../../shared/shell/bridge.js';
import type { KeyMap } from '../commands/keymap.js';
import type { TileOverlay } from '../composables/tile-overlay.js';
import { preferredLanguage } from '../locales/index.js';
import type { ColourMapName } from '../pictures/colour-maps.js';

export { themes, type Theme };

/** Shortest width of a tile in CSS pixels. */
export const tileSizes = { small: 112, medium: 160, large: 240 } as const;
export type TileSize = keyof typeof tileSizes;

/** Widths of the panel beside the mask editor's canvas, CSS pixels. */
export const EDITOR_PANEL = { least: 220, usual: 264, most: 480 } as const;

const keyMapSchema = z.record(z.string(), z.array(z.string().min(1).max(40)).max(8)).catch({});

/** How a person likes the studio; kept by this browser. */
export const usePreferences = defineStore('preferences', () => {
  const keptKeys = useLocalStorage<unknown>('comask.keys', {}, { serializer: StorageSerializers.object });
  /** Keys in place of the commands' own; what is kept may be of another version, or written by hand. */
  const keys = computed<KeyMap>({
    get: () => keyMapSchema.parse(keptKeys.value),
    set: (map) => (keptKeys.value = map),
  });
  return { ...looks(), keys };
});

const looks = () => ({
  theme: useLocalStorage<Theme>('comask.theme', 'system'),
  language: useLocalStorage<Language>('comask.language', preferredLanguage()),
  /** What a tile of the grid shows under the pointer. */
  tileOverlay: useLocalStorage<TileOverlay>('comask.tile-overlay', 'automatic'),
  tileSize: useLocalStorage<TileSize>('comask.tile-size', 'medium'),
  /** Whether the panel of figures beside the grid is open. */
  statisticsOpen: useLocalStorage('comask.statistics-open', true),
  colourMap: useLocalStorage<ColourMapName>('comask.colour-map', 'viridis'),
  /** What the panes of an image show, by their keys. */
  panes: useLocalStorage<string[]>('comask.panes', ['photo', 'before', 'preview', 'mask']),
  /** Opacity of what lies over the photo in panes, 0..1. */
  paneOpacity: useLocalStorage('comask.pane-opacity', 0.7),
  /** Whether the panel beside the mask editor's canvas is open. */
  editorPanelOpen: useLocalStorage('comask.editor-panel-open', true),
  /** Its width in CSS pixels. */
  editorPanelWidth: useLocalStorage('comask.editor-panel-width', EDITOR_PANEL.usual),
  /** Folders of projects, the latest first. */
  recentFolders: useLocalStorage<{ root: string; name: string }[]>('comask.recent', []),
});

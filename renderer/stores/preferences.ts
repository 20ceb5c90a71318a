import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import type { Language } from '../../shared/locales/index.js';
import { preferredLanguage } from '../locales/index.js';
import type { ColourMapName } from '../pictures/colour-maps.js';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Shortest width of a tile in CSS pixels. */
export const tileSizes = { small: 112, medium: 160, large: 240 } as const;
export type TileSize = keyof typeof tileSizes;

/** How a person likes the studio; kept by this browser. */
export const usePreferences = defineStore('preferences', () => ({
  theme: useLocalStorage<Theme>('comask.theme', 'system'),
  language: useLocalStorage<Language>('comask.language', preferredLanguage()),
  tileSize: useLocalStorage<TileSize>('comask.tile-size', 'medium'),
  /** Whether the panel of figures beside the grid is open. */
  statisticsOpen: useLocalStorage('comask.statistics-open', true),
  colourMap: useLocalStorage<ColourMapName>('comask.colour-map', 'viridis'),
  /** What the panes of an image show, by their keys. */
  panes: useLocalStorage<string[]>('comask.panes', ['photo', 'before', 'preview', 'mask']),
  /** Whether the panel beside the mask editor's canvas is open. */
  editorPanelOpen: useLocalStorage('comask.editor-panel-open', true),
  /** Folders of projects, the latest first. */
  recentFolders: useLocalStorage<{ root: string; name: string }[]>('comask.recent', []),
}));

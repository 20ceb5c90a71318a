import { onBeforeUnmount, watchEffect } from 'vue';

/**
 * Keeps notices above a bar at the bottom of a screen.
 *
 * @param height of the bar with what stands below it, CSS px; 0 while it is not there
 */
export function useLowerBar(height: () => number): void {
  const { style } = document.documentElement;
  watchEffect(() => style.setProperty('--lower-bar', `${height()}px`));
  onBeforeUnmount(() => style.removeProperty('--lower-bar'));
}

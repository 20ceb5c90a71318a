import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { QUICK } from '../composables/useEditCommands.js';
import { useProject } from './project.js';

/**
 * The classes that have a digit: the first nine of the project. One that is found by name takes the place of the one that
 * was used longest ago, so that the others keep their digits.
 */
export const useQuickClasses = defineStore('quick-classes', () => {
  const project = useProject();
  const changed = ref(new Map<string, number[]>());
  /** Classes in the order of their use, the latest first. */
  const used = ref<number[]>([]);
  const classes = computed(() => {
    const all = project.classNames.map((_, index) => index);
    return changed.value.get(project.key)?.filter((index) => index < all.length) ?? all.slice(0, QUICK);
  });

  function use(index: number): void {
    used.value = [index, ...used.value.filter((one) => one !== index)];
    if (classes.value.includes(index)) return;
    const age = (one: number): number => (used.value.includes(one) ? used.value.indexOf(one) : Infinity);
    const oldest = classes.value.reduce((worst, one, at) => (age(one) >= age(classes.value[worst]) ? at : worst), 0);
    changed.value.set(project.key, classes.value.with(oldest, index));
  }

  return { classes, use };
});

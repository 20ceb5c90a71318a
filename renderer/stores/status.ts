import { defineStore } from 'pinia';
import { ref } from 'vue';

/** What the bar at the bottom says: which image of how many, and what is under the pointer. */
export const useStatus = defineStore('status', () => ({
  place: ref(''),
  under: ref(''),
}));

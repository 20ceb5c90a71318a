import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useProject } from '../../stores/project.js';
import { placeOf, queryOfPlace, type Place } from './place.js';

/** What the Runs screen shows, and the ways to another place of it. */
export function usePlace(): { place: ComputedRef<Place>; go(place: Place): void } {
  const [route, router, project] = [useRoute(), useRouter(), useProject()];
  const go = (place: Place): void =>
    void router.push({ name: 'runs', params: { project: project.key }, query: queryOfPlace(place) });
  return { place: computed(() => placeOf(route.query)), go };
}

import { computed, onMounted, type ComputedRef } from 'vue';
import { useMachine } from '../../stores/machine.js';

/**
 * Names of the catalogue's weights that a field may take.
 *
 * @param net backbone or segmenter that they are for, or `saliency`; null for a field that takes none
 */
export function useWeightNames(net: () => string | null): ComputedRef<string[]> {
  const machine = useMachine();
  // Without the list the field takes names all the same.
  onMounted(() => void (net() !== null && machine.weights === null && machine.loadWeights().catch(() => undefined)));
  return computed(() => {
    const wanted = net();
    if (wanted === null) return [];
    return (machine.weights?.weights ?? []).filter((one) => wanted.startsWith(one.for)).map(({ name }) => name);
  });
}

import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/vue-virtual';
import { useElementSize } from '@vueuse/core';
import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue';
import { steadyRange } from './steady-range.js';
import { drawnAt, tallList } from './tall-list.js';

/** Pixels between tiles, and around all of them. */
const GAP = 8;
/** Height of the line under a photo. */
const CAPTION = 24;
/** Height of a photo's place, by its width. */
const ASPECT = 3 / 4;
/** Rows that are there beyond those in view. */
const AHEAD = 2;

interface DrawnRow {
  row: number;
  /** Names the element that shows it: rows that come take those of rows that go. */
  slot: number;
  /** Places of the list that it shows. */
  places: number[];
  /** Pixels from the top of the scrolled element. */
  top: number;
}

interface VirtualGrid {
  columns: ComputedRef<number>;
  tileWidth: ComputedRef<number>;
  tileHeight: ComputedRef<number>;
  /** Rows that fit into the view. */
  rowsInView: ComputedRef<number>;
  height: ComputedRef<number>;
  rows: ComputedRef<DrawnRow[]>;
  /** Scrolls as little as it takes to show a place. */
  reveal(place: number): void;
  toTop(): void;
}

/**
 * The rows of a grid that are in view, of a list of any length. Tiles are at least `minimum` wide and share what is left
 * of the width.
 */
export function useVirtualGrid(
  scroller: Ref<HTMLElement | null>,
  total: MaybeRefOrGetter<number>,
  minimum: MaybeRefOrGetter<number>,
): VirtualGrid {
  const { width, height: viewHeight } = useElementSize(scroller);
  const room = computed(() => Math.max(1, width.value - 2 * GAP));
  const columns = computed(() => Math.max(1, Math.floor((room.value + GAP) / (toValue(minimum) + GAP))));
  const tileWidth = computed(() => Math.floor((room.value - GAP * (columns.value - 1)) / columns.value));
  const tileHeight = computed(() => Math.round(tileWidth.value * ASPECT) + CAPTION);
  const rowCount = computed(() => Math.ceil(toValue(total) / columns.value));
  const rowHeight = computed(() => tileHeight.value + GAP);
  const tall = computed(() => tallList(rowCount.value * rowHeight.value + GAP, viewHeight.value));

  /** Rows that are drawn: those that fit, one that is cut at either end, and some ahead. */
  const drawn = computed(() => Math.ceil(viewHeight.value / rowHeight.value) + 1 + 2 * AHEAD);

  const virtualizer = useVirtualizer<Element, Element>(
    computed(() => ({
      count: rowCount.value,
      getScrollElement: () => scroller.value,
      estimateSize: () => rowHeight.value,
      rangeExtractor: (range) => steadyRange(range, AHEAD, drawn.value),
      paddingStart: GAP,
      observeElementOffset: (instance, tell) =>
        observeElementOffset(instance, (offset, scrolling) => tell(offset * tall.value.ratio, scrolling)),
      scrollToFn: (offset, options, instance) => elementScroll(offset / tall.value.ratio, options, instance),
    })),
  );
  watch([rowHeight, columns], () => virtualizer.value.measure());

  const rows = computed(() =>
    virtualizer.value.getVirtualItems().map(({ index, start }, _, items) => {
      const first = index * columns.value;
      const count = Math.min(columns.value, toValue(total) - first);
      const scrolled = (virtualizer.value.scrollOffset ?? 0) / tall.value.ratio;
      return {
        row: index,
        slot: index % items.length,
        places: Array.from({ length: Math.max(0, count) }, (_, i) => first + i),
        top: drawnAt(start, scrolled, tall.value.ratio),
      };
    }),
  );

  return {
    columns,
    tileWidth,
    tileHeight,
    rowsInView: computed(() => Math.max(1, Math.floor(viewHeight.value / rowHeight.value))),
    height: computed(() => tall.value.height),
    rows,
    reveal: (place) => virtualizer.value.scrollToIndex(Math.floor(place / columns.value), { align: 'auto' }),
    toTop: () => virtualizer.value.scrollToOffset(0),
  };
}

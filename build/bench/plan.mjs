/**
 * Every bench: what it does, its files (tests/bench/<file>.ts and, for the peer, tests/bench/peers/<file>.py), and the goal.
 * `goal.ratio` is our time over the peer's, `goal.seconds` a time, `goal.gigabytes` the most memory our side may have.
 * `set` means that every round is another part of one job, so that the whole is compared and not the median round.
 */
export const benches = [
  { name: 'step', about: 'training step, VGG-16, 5 pairs', goal: { ratio: 1.05, gigabytes: 6 } },
  { name: 'step-micro', file: 'step', about: 'the same, one pair at a time', options: { microBatch: 1 }, alone: true, goal: { gigabytes: 2.5 } }, // prettier-ignore
  {
    name: 'segment-step',
    about: 'training step, VGG-16 LargeFOV, 4 photos',
    goal: { ratio: 1.05, gigabytes: 4 },
  },
  {
    name: 'segment-predict',
    about: 'labels by VGG-16 LargeFOV, 3 scales and mirrored',
    unit: 'photo',
    goal: { ratio: 0.9 },
  },
  { name: 'forward', about: 'features and basic maps, 10 photos', unit: 'photo', goal: { ratio: 0.85 } },
  { name: 'maps', about: 'multi-round maps, one scale', unit: 'photo', set: true, goal: { ratio: 1 / 6 } },
  { name: 'maps-reference', about: 'multi-round maps, preset reference', unit: 'photo', set: true, goal: { ratio: 1 / 2.5 } }, // prettier-ignore
  { name: 'previews', about: 'map of a changed reference set, VGG-16', unit: 'map', alone: true, goal: { seconds: 1 } },
  {
    name: 'thresholds',
    about: 'mask derived anew and coloured, 500x375',
    unit: 'change',
    alone: true,
    goal: { seconds: 0.016 },
  },
  { name: 'saliency', about: 'saliency maps by u2netp', unit: 'photo', needsModel: true, goal: { ratio: 1.05 } },
  { name: 'evaluation', about: 'evaluation of 1,449 masks', alone: true, goal: { seconds: 20 } },
  { name: 'crf', about: 'dense CRF, 21 labels, one thread', options: { labels: 21, threads: 1 }, goal: { ratio: 2 } },
  { name: 'crf-3', file: 'crf', about: 'the same, 3 labels', options: { labels: 3, threads: 1 }, goal: { ratio: 2 } },
  { name: 'crf-images-1', file: 'crf-images', about: 'masks refined by crf:psa, one thread', unit: 'mask', options: { threads: 1 }, alone: true, goal: {} }, // prettier-ignore
  { name: 'crf-images', about: 'the same, on all threads', unit: 'mask', alone: true, goal: {} },
].map((bench) => ({ file: bench.name, unit: 'round', options: {}, ...bench }));

/** The benches of these names, in the order of the list; all without a name. */
export function chosen(names) {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) return { unknown };
  return { benches: names.length === 0 ? benches : benches.filter(({ name }) => names.includes(name)) };
}

import { cpus, loadavg, platform, arch, totalmem } from 'node:os';

/** The middle one; of an even number the lower of the two in the middle. */
export const median = (values) => [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Seconds an item (or processor seconds): of the whole where the rounds are parts of one job, else of the median round. */
function secondsOf({ rounds }, whole, what = 'seconds') {
  const seconds = rounds.map((round) => round[what]);
  const items = rounds.map((round) => round.items);
  return whole ? sum(seconds) / sum(items) : median(seconds.map((value, i) => value / items[i]));
}

/** The figures of a bench from what its sides measured. */
export function figuresOf({ set, goal }, { ours, peer }) {
  const seconds = secondsOf(ours, set);
  const peerSeconds = peer ? secondsOf(peer, set) : null;
  const each = (side) => side.rounds.map((round) => round.seconds / round.items);
  const ratios = peer && each(ours).map((value, i) => value / each(peer)[i]);
  const ratio = peer ? (set ? seconds / peerSeconds : median(ratios)) : null;
  // Of all threads: it says more than time does where other programs want the machine.
  const processorRatio = peer ? secondsOf(ours, set, 'processorSeconds') / secondsOf(peer, set, 'processorSeconds') : null; // prettier-ignore
  const gigabytes = ours.peakBytes / 1e9;
  const met = [
    goal.ratio === undefined || ratio <= goal.ratio,
    goal.seconds === undefined || seconds < goal.seconds,
    goal.gigabytes === undefined || gigabytes <= goal.gigabytes,
  ].every(Boolean);
  return {
    seconds,
    peerSeconds,
    ratio,
    processorRatio,
    gigabytes,
    peerGigabytes: peer ? peer.peakBytes / 1e9 : null,
    met,
  };
}

const goalText = ({ ratio, seconds, gigabytes }) =>
  [
    ratio === undefined ? null : `<= ${ratio.toFixed(3)}x`,
    seconds === undefined ? null : `< ${seconds} s`,
    gigabytes === undefined ? null : `<= ${gigabytes} GB`,
  ]
    .filter(Boolean)
    .join(', ');

/** The machine in one line, and how busy it was when the benches began. */
export const machineOf = (threads) => ({
  processor: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${threads} threads used`,
  memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
  system: `${platform()} ${arch()}`,
  load: loadavg()[0],
});

/** Results as a table of Markdown. */
export function tableOf(results) {
  const header = ['work', 'ours', 'peer', 'ratio', 'of processor time', 'memory at most (peer)', 'goal', 'met'];
  const number = (value, digits, unit) => (value === null ? '' : `${value.toFixed(digits)} ${unit}`);
  const rows = results.map(({ bench: { about, unit, goal }, figures, skipped }) => {
    if (skipped) return [about, '', '', '', '', '', goalText(goal), skipped];
    const { seconds, peerSeconds, ratio, processorRatio, gigabytes, peerGigabytes, met } = figures;
    const memory = `${gigabytes.toFixed(2)} GB${peerGigabytes === null ? '' : ` (${peerGigabytes.toFixed(2)})`}`;
    return [about, number(seconds, 3, `s a ${unit}`), number(peerSeconds, 3, 's'), number(ratio, 3, ''), number(processorRatio, 3, ''), memory, goalText(goal), Object.keys(goal).length === 0 ? '' : met ? 'yes' : 'no']; // prettier-ignore
  });
  const line = (cells) => `| ${cells.map((cell) => String(cell).trim()).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

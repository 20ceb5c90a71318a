import type { DescribeInputs } from '../../tasks/describe.js';
import type { Kind } from '../kind.js';

/** What images are compared by; started again, it goes on with those that lack theirs. */
export const describeKind: Kind<'describe'> = {
  lane: 'device',
  plan({ root, paths }, { run, device }) {
    paths.run(run);
    const inputs: DescribeInputs = { project: root, run, device };
    return { inputs: { ...inputs }, settings: {} };
  },
  needs: ({ run }) => [{ kind: 'run', name: run }],
};

import { describe, expect, it } from 'vitest';
import { onChoice, onJobs, onLeave } from '../../../../electron/main/quit.js';

describe('leaving', () => {
  it('ends at once without jobs, and asks with some', () => {
    expect(onLeave('open', 0)).toBe('end');
    expect(onLeave('open', 2)).toBe('ask');
    expect(onLeave('background', 1)).toBe('ask');
  });

  it('waits for the checkpoints once it is ending, however often it is asked', () => {
    expect(onLeave('ending', 1)).toBe('stay');
    expect(onLeave('ending', 0)).toBe('stay');
  });

  it('does what the person answers', () => {
    expect([onChoice('background'), onChoice('pause'), onChoice('cancel')]).toEqual(['hide', 'end', 'stay']);
  });

  it('ends by itself only without a window and without jobs', () => {
    expect(onJobs('background', 0)).toBe('end');
    expect(onJobs('background', 1)).toBe('stay');
    expect(onJobs('open', 0)).toBe('stay');
    expect(onJobs('ending', 0)).toBe('stay');
  });
});

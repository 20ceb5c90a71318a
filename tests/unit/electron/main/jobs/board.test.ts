import { describe, expect, it } from 'vitest';
import { JobBoard, taskbarProgress } from '../../../../../electron/main/jobs/board.js';
import type { Job, JobState } from '../../../../../shared/api/index.js';

const job = (state: JobState, done = 0, total = 0, id = 1): Job => ({
  id,
  kind: 'evaluate',
  request: { kind: 'evaluate', of: 'masks', set: 'fused' } as Job['request'],
  state,
  actions: [],
  progress: total > 0 ? { stage: 'working', done, total, unit: 'images' } : null,
  seconds: 0,
  starts: 1,
  result: null,
  error: null,
  createdAt: '',
  startedAt: null,
  endedAt: null,
});
const news = (one: Job, project = 'k') => ({ type: 'job' as const, project, job: one });

describe('the jobs that the shell knows', () => {
  it('shows in the task bar how far those that work are', () => {
    expect(taskbarProgress([])).toBe(-1);
    expect(taskbarProgress([job('queued'), job('paused', 1, 2)])).toBe(-1);
    expect(taskbarProgress([job('running')])).toBe(2);
    expect(taskbarProgress([job('running', 1, 4), job('pausing', 3, 4), job('running')])).toBe(0.5);
    expect(taskbarProgress([job('running', 9, 4)])).toBe(1);
    const epoch = { stage: 'epoch', part: 2, parts: 4, done: 5, total: 10, unit: 'images' } as const;
    expect(taskbarProgress([{ ...job('running'), progress: epoch }])).toBe(0.375);
  });

  it.each(['done', 'stopped', 'failed'] as const)('tells of one that ends: %s', (state) => {
    const board = new JobBoard();
    expect(board.take(news(job('running')))).toBeNull();
    const ended = job(state);
    expect(board.take(news(ended))).toEqual({ job: ended, how: state });
    expect(board.take(news(ended))).toBeNull();
    expect(board.all()).toEqual([]);
  });

  it('says nothing of one that ended before it was seen, was cancelled or paused', () => {
    const board = new JobBoard();
    expect(board.take(news(job('done')))).toBeNull();
    for (const state of ['cancelled', 'paused'] as const) {
      board.take(news(job('running')));
      expect(board.take(news(job(state)))).toBeNull();
    }
  });

  it('counts those that go on without being asked, of every project', () => {
    const board = new JobBoard();
    board.take(news(job('running', 0, 0, 1)));
    board.take(news(job('queued', 0, 0, 2)));
    board.take(news(job('paused', 0, 0, 3)));
    board.take(news(job('running', 0, 0, 1), 'other'));
    expect(board.active()).toHaveLength(3);
    expect(board.isWorking()).toBe(true);
    board.take({ type: 'job-removed', project: 'k', id: 1 });
    expect(board.active()).toHaveLength(2);
    board.clear();
    expect(board.isWorking()).toBe(false);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave, BACK_OFF, QUIET, type SaveState } from '../../../../renderer/saving/autosave.js';
import { StudioError, type ErrorCode } from '../../../../shared/errors.js';

const failure = (code: ErrorCode): StudioError => new StudioError({ code, message: code });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function autosave(...outcomes: (ErrorCode | 'ok')[]) {
  const states: SaveState[] = [];
  const save = vi.fn(async () => {
    const outcome = outcomes.shift() ?? 'ok';
    if (outcome !== 'ok') throw failure(outcome);
  });
  return { save, states, saving: new Autosave(save, (state) => states.push(state)) };
}

describe('autosave', () => {
  it('saves once, a little after the last of several strokes', async () => {
    const { save, saving, states } = autosave();
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(save).toHaveBeenCalledOnce();
    expect(states.at(-1)).toBe('saved');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(save).toHaveBeenCalledOnce();
  });

  it('saves again what was painted meanwhile', async () => {
    let finish: () => void = () => undefined;
    const save = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const saving = new Autosave(save, () => undefined);
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET);
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET * 3);
    expect(save).toHaveBeenCalledOnce();
    finish();
    await vi.advanceTimersByTimeAsync(QUIET);
    expect([save.mock.calls.length, saving.state]).toEqual([2, 'saving']);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(saving.state).toBe('saved');
  });

  it('tries a failed save again, less and less often, however much is painted', async () => {
    const { save, saving } = autosave('disk-full', 'disk-full', 'not-writable');
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET);
    expect([saving.state, save.mock.calls.length]).toEqual(['failed', 1]);
    for (let i = 0; i < 20; i++) saving.changed();
    await vi.advanceTimersByTimeAsync(BACK_OFF[0] - 1);
    expect(save).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(save).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(BACK_OFF[1] + BACK_OFF[2]);
    expect([saving.state, save.mock.calls.length]).toEqual(['saved', 4]);
  });

  it('does not try again what trying does not mend, until something changes', async () => {
    const { save, saving } = autosave('size-mismatch');
    saving.changed();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([saving.state, save.mock.calls.length]).toEqual(['stuck', 1]);
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET);
    expect([saving.state, save.mock.calls.length]).toEqual(['saved', 2]);
  });

  it('never saves over what another has saved, until the person has said what shall stand', async () => {
    const { save, saving } = autosave('changed-elsewhere');
    saving.changed();
    await vi.advanceTimersByTimeAsync(QUIET);
    saving.changed();
    expect(await saving.flush(true)).toBe(false);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([saving.state, save.mock.calls.length]).toEqual(['conflict', 1]);
    saving.resolved(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([saving.state, save.mock.calls.length]).toEqual(['saved', 2]);
  });

  it('saves at once on leaving, and says whether all is saved', async () => {
    const { save, saving } = autosave('disk-full');
    expect(await saving.flush()).toBe(true);
    expect(save).not.toHaveBeenCalled();
    saving.changed();
    expect(await saving.flush()).toBe(false);
    expect(await saving.flush()).toBe(true);
    expect(await saving.flush(true)).toBe(true);
    expect(save).toHaveBeenCalledTimes(3);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineProcess } from '../../../../../electron/main/engine/process.js';
import { EngineSupervisor, type SupervisorOptions } from '../../../../../electron/main/engine/supervisor.js';
import type { FromEngine, ToEngine } from '../../../../../shared/shell/engine-messages.js';

/** An engine that says what the test tells it to. */
class FakeProcess implements EngineProcess {
  readonly sent: ToEngine[] = [];
  killed = false;
  say!: (message: FromEngine) => void;
  die!: (reason: string) => void;

  send(message: ToEngine): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.die = listener;
  }
  kill(): void {
    this.killed = true;
    this.die('SIGKILL');
  }
}

const token = 't'.repeat(43);
const ready: FromEngine = { type: 'ready', origin: 'http://127.0.0.1:4321', token };
const project = { key: 'k', root: '/birds', name: 'birds' };

let started: FakeProcess[];
const latest = (): FakeProcess => started[started.length - 1];

function supervise(options: Partial<SupervisorOptions> = {}) {
  started = [];
  const seen = { onReady: vi.fn(), onNews: vi.fn(), onDeath: vi.fn(), onProblem: vi.fn() };
  const launch = (): EngineProcess => {
    started.push(new FakeProcess());
    return latest();
  };
  return { supervisor: new EngineSupervisor({ launch, port: 0, ...seen, ...options }), ...seen };
}

describe('supervising the engine', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts it at the port of an earlier time, with the project that was asked for', () => {
    const { supervisor, onReady } = supervise({ port: 4321 });
    supervisor.start(['/birds']);
    expect(latest().sent).toEqual([{ type: 'start', port: 4321, projects: ['/birds'] }]);
    latest().say(ready);
    expect(onReady).toHaveBeenCalledWith(ready, false);
  });

  it('starts it again after a death, at the same port, with all projects that were open', () => {
    const { supervisor, onReady, onDeath } = supervise();
    supervisor.start();
    latest().say(ready);
    latest().say({ type: 'project', project });
    latest().die('SIGSEGV');
    expect(onDeath).toHaveBeenCalledWith('SIGSEGV', true);
    expect(started).toHaveLength(1);
    vi.advanceTimersByTime(250);
    expect(latest().sent).toEqual([{ type: 'start', port: 4321, projects: ['/birds'] }]);
    latest().say(ready);
    expect(onReady).toHaveBeenLastCalledWith(ready, true);
  });

  it('gives up on one that dies at once, until it is started anew', () => {
    const { supervisor, onDeath } = supervise();
    supervisor.start();
    for (let death = 1; death <= 6; death++) {
      latest().die('exit code 1');
      vi.advanceTimersByTime(10_000);
    }
    expect(started).toHaveLength(6);
    expect(onDeath).toHaveBeenLastCalledWith('exit code 1', false);
    supervisor.start();
    expect(started).toHaveLength(7);
  });

  it('answers requests by their numbers, and fails those that a dead engine leaves', async () => {
    const { supervisor } = supervise();
    supervisor.start();
    const [opened, located, lost] = [supervisor.requests.open('/birds'), supervisor.requests.locate('/x'), supervisor.requests.open('/y')]; // prettier-ignore
    latest().say({ type: 'failed', request: 2, error: { code: 'path-outside', message: 'outside' } });
    latest().say({ type: 'opened', request: 1, project });
    latest().die('SIGKILL');
    await expect(opened).resolves.toEqual(project);
    await expect(located).rejects.toMatchObject({ code: 'path-outside' });
    await expect(lost).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('passes on what fails at the start', () => {
    const { supervisor, onProblem } = supervise();
    supervisor.start(['/none']);
    const error = { code: 'project-missing', message: 'there is no project' } as const;
    latest().say({ type: 'failed', request: null, error });
    expect(onProblem).toHaveBeenCalledWith(error);
  });

  it('lets it close, and kills it where that takes too long; neither counts as a death', async () => {
    const { supervisor, onDeath } = supervise();
    supervisor.start();
    const stopped = supervisor.stop();
    expect(latest().sent.pop()).toEqual({ type: 'close' });
    latest().die('exit code 0');
    await stopped;
    expect(onDeath).not.toHaveBeenCalled();
    expect(latest().killed).toBe(false);

    const other = supervise();
    other.supervisor.start();
    const killed = other.supervisor.stop(1000);
    vi.advanceTimersByTime(1000);
    await killed;
    expect(latest().killed).toBe(true);
    vi.advanceTimersByTime(100_000);
    expect(started).toHaveLength(1);
  });

  it.each([
    ['an address elsewhere', { ...ready, origin: 'http://example.com:80' }],
    ['an address with more in it', { ...ready, origin: 'http://127.0.0.1:4321@example.com' }],
    ['a token that can be guessed', { ...ready, token: 'short' }],
    ['another message', { type: 'open', url: 'file:///etc/passwd' }],
  ])('attack: an engine that was taken over by a file names %s', (_name, message) => {
    const { supervisor, onReady } = supervise();
    supervisor.start();
    expect(() => latest().say(message as FromEngine)).toThrow();
    expect(onReady).not.toHaveBeenCalled();
  });
});

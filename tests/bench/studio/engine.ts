import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A running `comask serve`. */
export interface Served {
  origin: string;
  /** Opens it once. */
  link: string;
  /** What the link was traded for, `name=value`; empty until enter() is called. */
  enter(): Promise<string>;
  end(): Promise<void>;
}

const program = resolve('build/comask.mjs');

/** Starts `comask serve` and waits for its link. */
export async function startEngine(project: string, env: Readonly<Record<string, string>> = {}): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, [program, 'serve', project, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const [link] = /http:\/\/127\.0\.0\.1:\d+\/open\?key=\S+/.exec(line) ?? [];
    if (link === undefined) continue;
    // What it says later must not fill the pipe.
    child.stdout!.resume();
    return {
      origin: new URL(link).origin,
      link,
      enter: async () => ((await fetch(link)).headers.get('set-cookie') ?? '').split(';')[0],
      async end() {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('comask serve ended without a link');
}

/** Key of the first project that is open. */
export async function projectKey(origin: string, cookie: string): Promise<string> {
  const answer = await fetch(`${origin}/api/projects`, { headers: { Cookie: cookie } });
  return ((await answer.json()) as { projects: { key: string }[] }).projects[0].key;
}

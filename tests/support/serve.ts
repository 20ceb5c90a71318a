import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Client } from '../../shared/api/index.js';
import { startComaskIn, type Running } from './cli.js';

/** A running `comask serve`, entered as a browser does. */
export interface Serving {
  running: Running;
  origin: string;
  link: string;
  client: Client;
  /** What the link was traded for, `name=value`. */
  cookie: string;
  /** Key of its project; empty without one. */
  project: string;
}

/** Starts `comask serve`, on a project where one is given, and trades its link for the cookie. */
export async function startServing(
  folder?: string,
  env: Readonly<Record<string, string>> = {},
  ...options: string[]
): Promise<Serving> {
  const running = startComaskIn(env, 'serve', ...(folder === undefined ? [] : [folder]), '--no-open', ...options);
  const link = await printed(running, /http:\/\/127\.0\.0\.1:\d+\/open\?key=\S+/);
  const { origin } = new URL(link);
  const opened = await fetch(link);
  const [cookie] = (opened.headers.get('set-cookie') ?? '').split(';');
  const client = createClient(fetch, origin, { Cookie: cookie, Origin: origin });
  const listed = await fetch(`${origin}/api/projects`, { headers: { Cookie: cookie } });
  const { projects } = (await listed.json()) as { projects: { key: string }[] };
  return { running, origin, link, client, cookie, project: projects[0]?.key ?? '' };
}

/** The first match of something that the program prints. */
async function printed(running: Running, wanted: RegExp): Promise<string> {
  let ended: string | null = null;
  void running.ended.then(({ stdout, stderr }) => (ended = stdout + stderr));
  for (;;) {
    const match = wanted.exec(running.output.stdout);
    if (match) return match[0];
    if (ended !== null) throw new Error(`comask ended: ${ended as string}`);
    await sleep(20);
  }
}

/** Asks until `condition` holds of the answer. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  condition: (answer: Answer) => boolean,
): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (condition(answer)) return answer;
    await sleep(20);
  }
}

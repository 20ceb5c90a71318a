import { startServing, type Serving } from '../../support/serve.js';

/** Does something with a running `comask serve`, which ends with it. */
export async function withEngine<Result>(
  project: string,
  work: (serving: Serving) => Promise<Result>,
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const serving = await startServing(project, env);
  try {
    return await work(serving);
  } finally {
    serving.running.kill('SIGTERM');
    await serving.running.ended;
  }
}

/** Address of the images of its project. */
export const datasetOf = ({ origin, project }: Serving): string => `${origin}/projects/${project}/dataset`;

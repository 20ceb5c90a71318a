import type { Hono } from 'hono';
import { api } from '../../../../shared/api/index.js';
import { examineMachine } from '../../services/machine/doctor.js';
import type { MachineServices } from '../../services/machine/machine.js';
import { handle } from '../handle.js';

/** The machine's settings, caches, runtimes and weights. */
export function machineRoutes(app: Hono, machine: MachineServices): void {
  const { machine: routes } = api;

  handle(app, routes.settings, () => machine.settings.read());

  handle(app, routes.change, ({ body }) => machine.change(body));

  handle(app, routes.caches, () => machine.caches());

  handle(app, routes.clear, async ({ params }) => {
    await machine.clear(params.cache);
    return machine.caches();
  });

  handle(app, routes.runtimes, () => ({
    runtimes: machine.installer.runtimes(),
    installation: machine.installer.latest,
  }));

  handle(app, routes.install, ({ params, body }) => machine.installer.start(params.device, body.force));

  handle(app, routes.cancelInstall, async () => {
    await machine.installer.cancel();
    return { done: true as const };
  });

  handle(app, routes.weights, () => ({ weights: machine.weights.list(), download: machine.weights.latest }));

  handle(app, routes.fetchWeights, ({ params }) => machine.weights.start(params.name));

  handle(app, routes.cancelFetch, async () => {
    await machine.weights.cancel();
    return { done: true as const };
  });

  handle(app, routes.doctor, (_request, c) => examineMachine(c.req.raw.signal));
}

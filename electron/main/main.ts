/** The desktop app's main process: one instance, one studio. */
import { join } from 'node:path';
import { app, powerMonitor } from 'electron';
import { z } from 'zod';
import { projectArgument } from './project-argument.js';
import { StateFile } from './state.js';
import { Studio } from './studio.js';

/** Packaged, the engine's programs lie beside the archive that this one is in. */
const unpacked = __dirname.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

/** What a second start hands to the first. */
const handedOverSchema = z.object({ project: z.string().nullable() });

function startStudio(named: string | null): void {
  let studio: Studio | null = null;
  let project = named;
  const open = (folder: string): void => {
    // A Mac names the file before the app is ready.
    if (studio) void studio.open(folder);
    else project = folder;
  };
  // Whoever starts it without the system's sandbox has said so; asked for both, its processes would not start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open(file);
  });
  app.on('second-instance', (_event, _args, _cwd, data) => {
    studio?.show();
    const handed = handedOverSchema.safeParse(data);
    if (handed.success && handed.data.project !== null) open(handed.data.project);
  });
  app.on('activate', () => studio?.show());
  app.on('before-quit', (event) => {
    if (!studio) return;
    event.preventDefault();
    void studio.leave();
  });
  // Without a window jobs may go on; who ends the app is `leave`.
  app.on('window-all-closed', () => undefined);
  const endNow = (): void => void (studio ? studio.end() : app.exit(0));
  void app.whenReady().then(() => {
    powerMonitor.on('shutdown', endNow);
    // Not earlier: Electron puts handlers of its own there, which would ask the person.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endNow);
    studio = new Studio({
      stateFile: new StateFile(join(app.getPath('userData'), 'shell.json')),
      programs: { engine: join(unpacked, 'engine.mjs'), preload: join(__dirname, 'preload.cjs') },
      icon: join(__dirname, 'icon.png'),
      devTools: !app.isPackaged,
    });
    studio.start(project);
  });
}

const project = projectArgument(process.argv.slice(process.defaultApp ? 2 : 1), process.cwd());
if (app.requestSingleInstanceLock({ project })) startStudio(project);
else app.exit(0);

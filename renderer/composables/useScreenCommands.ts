import { useRouter } from 'vue-router';
import { offered } from '../commands/command.js';
import { menuTable } from '../commands/tables/menu.js';
import type { CommandId } from '../../shared/shell/commands.js';
import { useProject } from '../stores/project.js';
import { useCommands } from './useCommands.js';

/** The screen of a project that a command shows, and what is asked of it there. */
const screens: Readonly<Partial<Record<CommandId, { name: string; query?: Record<string, string> }>>> = {
  'go.dataset': { name: 'dataset' },
  'go.maps': { name: 'references' },
  'go.editor': { name: 'editor' },
  'go.runs': { name: 'runs' },
  'go.results': { name: 'results' },
  'jobs.show': { name: 'runs' },
  'jobs.train': { name: 'runs', query: { new: 'train' } },
  'jobs.localize': { name: 'runs', query: { new: 'localize' } },
  'jobs.saliency': { name: 'runs', query: { new: 'saliency' } },
  'jobs.masks': { name: 'runs', query: { new: 'masks' } },
  'jobs.segment-train': { name: 'runs', query: { new: 'segment-train' } },
  'jobs.segment-predict': { name: 'runs', query: { new: 'segment-predict' } },
  'jobs.evaluate': { name: 'runs', query: { new: 'evaluate' } },
  'jobs.export': { name: 'runs', query: { new: 'export' } },
};

/** Offers the way to each screen of the project that is open, as far as the screen is there. */
export function useScreenCommands(): void {
  const [router, project] = [useRouter(), useProject()];
  const deeds = Object.entries(screens)
    .filter(([, { name }]) => router.hasRoute(name))
    .map(([id, { name, query }]) => [
      id,
      {
        when: () => project.key !== '',
        run: () => void router.push({ name, params: { project: project.key }, query }),
      },
    ]);
  useCommands(offered(menuTable, Object.fromEntries(deeds)));
}

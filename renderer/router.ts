import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router';
import { useJobs } from './stores/jobs.js';
import { useProject } from './stores/project.js';
import StartView from './views/StartView.vue';

/** With a project open, the studio begins there. */
async function begin(): Promise<object | undefined> {
  const project = useProject();
  await project.refreshOpen().catch(() => undefined);
  const [first] = project.open;
  return first ? { name: 'dataset', params: { project: first.key } } : { name: 'start' };
}

/** Loaded anew at a screen of no project, the page goes on with the one that is open. */
async function keepProject(): Promise<void> {
  const project = useProject();
  if (project.key !== '') return;
  await project.refreshOpen().catch(() => undefined);
  const [first] = project.open;
  if (!first) return;
  useJobs().listen(first.key);
  await project.show(first.key);
}

const asProps = ({ params, query }: RouteLocationNormalized) => ({
  project: String(params.project),
  id: String(query.id ?? ''),
  at: Math.max(0, Number.parseInt(String(query.at), 10) || 0),
});

/** The screens and their addresses. The filter of the images is in the query (image-filter.ts). */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'begin', beforeEnter: begin, component: StartView },
    { path: '/start', name: 'start', component: StartView },
    { path: '/import', name: 'import', component: () => import('./views/ImportView.vue') },
    {
      path: '/projects/:project/dataset',
      name: 'dataset',
      component: () => import('./views/DatasetView.vue'),
      props: ({ params }) => ({ project: String(params.project) }),
    },
    {
      path: '/projects/:project/image',
      name: 'image',
      component: () => import('./views/ImageView.vue'),
      props: asProps,
    },
    {
      path: '/settings/:section?',
      name: 'settings',
      beforeEnter: keepProject,
      component: () => import('./views/SettingsView.vue'),
      props: ({ params }) => ({ section: String(params.section ?? '') }),
    },
    {
      path: '/projects/:project/references',
      name: 'references',
      component: () => import('./views/ReferencesView.vue'),
      props: (to) => ({ ...asProps(to), classIndex: Math.max(0, Number.parseInt(String(to.query.class), 10) || 0) }),
    },
    {
      path: '/projects/:project/results',
      name: 'results',
      component: () => import('./views/ResultsView.vue'),
      props: ({ params }) => ({ project: String(params.project) }),
    },
    {
      path: '/projects/:project/results/image',
      name: 'result-image',
      component: () => import('./views/ResultImageView.vue'),
      props: asProps,
    },
    {
      path: '/projects/:project/runs',
      name: 'runs',
      component: () => import('./views/RunsView.vue'),
      props: ({ params }) => ({ project: String(params.project) }),
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});

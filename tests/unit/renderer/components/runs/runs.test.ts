import { flushPromises, mount, type ComponentMountingOptions } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import ConfirmButton from '../../../../../renderer/components/runs/ConfirmButton.vue';
import JobError from '../../../../../renderer/components/runs/detail/JobError.vue';
import LogPanel from '../../../../../renderer/components/runs/detail/LogPanel.vue';
import CheckList from '../../../../../renderer/components/runs/form/CheckList.vue';
import SettingField from '../../../../../renderer/components/runs/form/SettingField.vue';
import SettingList from '../../../../../renderer/components/runs/form/SettingList.vue';
import JobQueue from '../../../../../renderer/components/runs/list/JobQueue.vue';
import RunTable from '../../../../../renderer/components/runs/list/RunTable.vue';
import SparkLine from '../../../../../renderer/components/runs/list/SparkLine.vue';
import LineageView from '../../../../../renderer/components/runs/lineage/LineageView.vue';
import { groupedJobs } from '../../../../../renderer/composables/runs/jobs.js';
import { schemasOf, type SettingGroup } from '../../../../../renderer/composables/runs/setting-form.js';
import { createTexts } from '../../../../../renderer/locales/index.js';
import { useJobForm } from '../../../../../renderer/stores/job-form.js';
import { useProject } from '../../../../../renderer/stores/project.js';
import { actionsOf, jobRequestSchema, type Job } from '../../../../../shared/api/index.js';
import type { Language } from '../../../../../shared/locales/index.js';
import { settingForms } from '../../../../../shared/settings/form.js';

const pinia = createPinia();
const nothing = { template: '<div />' };
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:project/runs', name: 'runs', component: nothing }, { path: '/settings/:section?', name: 'settings', component: nothing }, { path: '/', component: nothing }] }); // prettier-ignore
const sent: { url: string; body: unknown }[] = [];
let answer: unknown = {};
beforeEach(async () => {
  setActivePinia(pinia);
  sent.length = 0;
  vi.stubGlobal('fetch', (url: string, { body }: { body?: string }) => {
    sent.push({ url, body: body && JSON.parse(body) });
    return Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(answer) });
  });
  useProject().key = 'p';
  await router.push('/p/runs');
});

function shown(component: Component, props: object = {}, language: Language = 'en') {
  const plugins = [pinia, PrimeVue, createTexts(language), router] as never[];
  return mount(component, { props, global: { plugins }, attachTo: document.body } as ComponentMountingOptions<Component>); // prettier-ignore
}
const buttonNamed = (wrapper: ReturnType<typeof shown>, name: string) => wrapper.findAll('button').find((one) => (one.attributes('aria-label') ?? one.text()) === name)!; // prettier-ignore

const job = (id: number, state: Job['state'], over: Partial<Job> = {}): Job => ({ id, kind: 'train', request: jobRequestSchema.parse({ kind: 'train', run: `r${id}`, settings: { batchSize: 4 } }), state, actions: actionsOf(state), progress: null, seconds: 0, starts: 1, result: null, error: null, createdAt: '', startedAt: null, endedAt: null, ...over }); // prettier-ignore

describe('the queue', () => {
  const groups = groupedJobs([job(1, 'running', { progress: { stage: 'epoch', part: 1, parts: 2, done: 5, total: 10, unit: 'images', secondsLeft: 90 } }), job(2, 'queued'), job(3, 'queued'), job(4, 'failed')]); // prettier-ignore

  it('shows how far a job is and what waits, and moves jobs by buttons and keys', async () => {
    const queue = shown(JobQueue, { groups });
    expect(queue.get('.job').text()).toMatch(/Training · r1.*Running.*epoch 1 of 2.*25%.*5 \/ 10.*2 min left/);
    const [, second, third] = queue.findAll('.job');
    await buttonNamed(second as never, 'Later in the queue').trigger('click');
    await third.get('.name').trigger('keydown', { key: 'ArrowUp', altKey: true });
    await third.get('.name').trigger('keydown', { key: 'ArrowUp' });
    expect(queue.emitted('move')).toEqual([[2, 1], [3, -1]]); // prettier-ignore
    expect(buttonNamed(second as never, 'Earlier in the queue').attributes('disabled')).toBeDefined();
    await queue.findAll('.job')[3].get('.icon').trigger('click');
    expect(queue.emitted('remove')).toEqual([[4]]);
  });

  it('asks before it gives a job up, and keeps it for who presses Enter twice', async () => {
    const ask = shown(ConfirmButton, { label: 'Cancel', question: 'Give up?', yes: 'Yes', no: 'No' });
    await ask.get('button').trigger('click');
    await flushPromises();
    expect(document.activeElement?.textContent).toBe('No');
    await buttonNamed(ask, 'No').trigger('click');
    expect(ask.emitted('confirm')).toBeUndefined();
    await ask.get('button').trigger('click');
    await buttonNamed(ask, 'Yes').trigger('click');
    expect(ask.emitted('confirm')).toHaveLength(1);
  });
});

it('the table of trainings has their figures, and offers to compare two', async () => {
  const run = (name: string, over: object = {}) => ({ name, origin: 'trained', settings: { backbone: 'tiny', epochs: 4 }, images: 1200, epochs: [1, 2], metrics: null, loss: { steps: 9, best: 1.234567, last: 2, curve: [3, 2, 1] }, ...over }); // prettier-ignore
  const table = shown(RunTable, { runs: [run('a'), run('b', { loss: null })], jobs: [job(1, 'paused', { seconds: 90, request: jobRequestSchema.parse({ kind: 'train', run: 'a' }) })] }); // prettier-ignore
  const cells = table.findAll('tbody tr')[0].findAll('td').map((cell) => cell.text()); // prettier-ignore
  expect(cells).toEqual(['', 'Paused', 'tiny', '1,200', '2 / 4', '1.23', '2.00', '2 min', '']);
  expect(table.findAll('tbody tr')[1].text()).toContain('Stopped');
  expect(buttonNamed(table, 'Compare (0)').attributes('disabled')).toBeDefined();
  for (const box of table.findAll('input[type=checkbox]')) await box.setValue(true);
  await buttonNamed(table, 'Compare (2)').trigger('click');
  expect(table.emitted('compare')).toEqual([[['a', 'b']]]);
});

it('a small curve stays in its box, also where it is flat', () => {
  const path = (values: number[]) => shown(SparkLine, { values, label: 'loss' }).find('path').attributes('d')!;
  expect(path([1, 3])).toBe('M1.5 18.5L94.5 1.5');
  expect(path([2, 2, 2])).not.toContain('NaN');
  expect(shown(SparkLine, { values: [], label: 'loss' }).find('path').exists()).toBe(false);
});

describe('a form of settings', () => {
  const group = (settingForms('en') as SettingGroup[]).find((one) => one.group === 'train')!;
  beforeEach(() => {
    const form = useJobForm();
    form.groups = [group];
    form.begin('train', { run: 'r' });
  });

  it('says at the field what is wrong and what the preset has, and takes it again', async () => {
    const form = useJobForm();
    const field = shown(SettingField, { name: 'epochs', schema: schemasOf(group).epochs });
    expect(field.text()).toContain('epochs · 1 – 10,000');
    await field.get('input').setValue('0');
    expect(field.get('[role=alert]').text()).toBe('At least 1.');
    expect(field.get('input').attributes('aria-describedby')).toContain('setting-epochs-wrong');
    expect(form.complaints.size).toBe(1);
    await field.get('input').setValue('3');
    expect(field.find('[role=alert]').exists()).toBe(false);
    expect(field.text()).toContain('preset: 15');
    expect(form.request).toMatchObject({ run: 'r', preset: 'studio', settings: { epochs: 3 } });
    await buttonNamed(field, 'Take the preset’s value of epochs').trigger('click');
    expect((field.get('input').element as HTMLInputElement).value).toBe('15');
    expect(form.request).toMatchObject({ settings: {} });
  });

  it('finds settings by words, and lists none twice', async () => {
    const list = shown(SettingList, { group, shown: ['epochs'] });
    expect(list.text()).toContain(`All other settings (${Object.keys(schemasOf(group)).length - 1})`);
    await list.get('#setting-search').setValue('epochs over which');
    expect(list.findAll('.field').map((one) => one.get('label').text())).toEqual(['optimiser.warmupEpochs']);
    await list.get('#setting-search').setValue('nothing like it');
    expect(list.text()).toContain('No setting matches.');
  });

  it('asks the engine beforehand once everything is filled in, and drops answers that come late', async () => {
    const form = useJobForm();
    form.values = { ...form.values, run: ' ' };
    await form.check();
    expect([sent, form.checks]).toEqual([[], null]);
    form.values = { ...form.values, run: 'r' };
    answer = { checks: [{ name: 'images', level: 'fine', count: 4 }] };
    await Promise.all([form.check(), form.check()]);
    expect(form.checks).toEqual([{ name: 'images', level: 'fine', count: 4 }]);
    expect(sent[0]).toMatchObject({ url: '/api/projects/p/jobs/check', body: { kind: 'train', run: 'r' } });
  });
});

it('checks say what was found, and what to do', () => {
  const checks = [
    { name: 'images', level: 'fine', count: 1 },
    { name: 'maps', level: 'warning', count: 2, total: 9 },
    { name: 'runtime', level: 'problem', error: { code: 'runtime-missing', message: 'is not installed', remedy: 'Install it (comask runtime install).' } },
  ]; // prettier-ignore
  const list = shown(CheckList, { checks, overwrite: false, waiting: false });
  expect(list.findAll('li').map((one) => one.text().replace(/\s+/g, ' '))).toEqual([
    'Fine: 1 image will be used',
    'Warning: 2 of 9 images lack their localization maps',
    'Problem: is not installedInstall it.Device and runtime in Settings',
  ]);
  expect(list.get('a').attributes('href')).toBe('/settings/device');
  expect(shown(CheckList, { checks: null, overwrite: false, waiting: true }).text()).toContain(
    'Fill in what is missing',
  );
});

it('a check of what is missing leads to where it can be had, and says it in the language of the page', () => {
  const error = { code: 'weights-missing', message: '"vgg16" starts from trained weights', remedy: 'Name some.' };
  const checks = [{ name: 'weights', level: 'problem', error }];
  const list = shown(CheckList, { checks, overwrite: false, waiting: false }, 'zh-CN');
  expect(list.get('a').attributes('href')).toBe('/settings/weights');
  expect(list.get('li').text()).toMatch(/缺少权重[^]*请在设置中下载[^]*"vgg16" starts from trained weights/);
  expect(list.findAll('[lang="en"]').map((one) => one.text())).toEqual([error.message, error.remedy]);
});

describe('a training that failed', () => {
  const error = { code: 'internal' as const, message: 'OOM when allocating tensor' };

  it('for want of memory is tried again with fewer pairs at once, by one click', async () => {
    const failed = job(7, 'failed', { error });
    const notice = shown(JobError, { job: failed, run: undefined, names: ['r7'] });
    answer = job(8, 'queued');
    await buttonNamed(notice, 'Try again in less memory').trigger('click');
    await flushPromises();
    expect(sent.at(-1)).toMatchObject({ url: '/api/projects/p/jobs', body: { kind: 'train', run: 'r7', settings: { batchSize: 4, microBatch: 2 } } }); // prettier-ignore
    expect(router.currentRoute.value.query).toEqual({ job: '8' });
  });

  it('for another reason is only taken up again', () => {
    const notice = shown(JobError, { job: job(7, 'failed', { error: { ...error, message: 'no' } }), run: undefined, names: [] }); // prettier-ignore
    expect(notice.findAll('button').map((one) => one.text())).toEqual(['Try again']);
  });
});

it('a log is filtered and copied whole', async () => {
  const written: string[] = [];
  vi.stubGlobal('navigator', {
    ...navigator,
    clipboard: { writeText: async (text: string) => void written.push(text) },
  });
  const log = shown(LogPanel, { lines: ['epoch 1, step 1', 'epoch 1, step 2', 'epoch 2, step 3'] });
  await log.get('input').setValue('epoch 1');
  expect(log.get('pre').text()).toBe('epoch 1, step 1\nepoch 1, step 2');
  await buttonNamed(log, 'Copy the log').trigger('click');
  await flushPromises();
  expect(written).toEqual(['epoch 1, step 1\nepoch 1, step 2']);
  await log.get('input').setValue('x');
  expect(log.text()).toContain('No line matches.');
});

it('the drawing of what a set came from shows the settings of the chosen one', async () => {
  const sets = [
    { kind: 'masks', name: 'fused', parents: [{ kind: 'maps', name: 'm' }], settings: { rule: 'plain', refine: 'none' }, createdAt: null },
    { kind: 'maps', name: 'm', parents: [{ kind: 'run', name: 'gone' }], settings: { mode: 'multi', epoch: 3, 'references.strategy': 'diverse', 'references.count': 8 }, createdAt: null },
  ]; // prettier-ignore
  const view = shown(LineageView, { asked: { kind: 'masks', name: 'fused' }, sets });
  expect(view.findAll('.node').map((one) => one.text())).toEqual([
    'Masksfusedplain',
    'Localization mapsmmulti · weights of epoch 38 references: diverse',
    'TraininggoneNot there any more',
  ]);
  expect(view.findAll('.drawing path')).toHaveLength(2);
  expect(view.get('dl').text()).toContain('ruleplain');
  await view.findAll('.choose')[1].trigger('click');
  expect(view.get('dl').text()).toContain('references.strategydiverse');
  expect(shown(LineageView, { asked: { kind: 'maps', name: 'x' }, sets }).text()).toContain('There is no such set');
});

import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { afterEach, expect, it, vi } from 'vitest';
import FailureTable from '../../../../renderer/components/import/FailureTable.vue';
import type { Failure } from '../../../../renderer/composables/failures.js';
import { createTexts } from '../../../../renderer/locales/index.js';

const failures = Array.from({ length: 300 }, (_, i): Failure => {
  return { file: `photo-${i}.jpg`, code: 'file-damaged', reason: i % 3 === 0 ? 'cut, short' : 'no picture', action: 'skipped' }; // prettier-ignore
});
const shown = (props: object = {}, language: 'en' | 'zh-CN' = 'en') =>
  mount(FailureTable, {
    props: { failures, count: 300, name: 'birds', ...props },
    global: { plugins: [createPinia(), PrimeVue, createTexts(language)] as never[] },
  });

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  delete (window as { comask?: unknown }).comask;
});

it('draws no more rows than a page can, and those that match', async () => {
  const table = shown({ file: '/p/import-report.csv' });
  expect(table.findAll('tbody tr')).toHaveLength(200);
  expect(table.get('.foot').text()).toBe('200 of 300 shown. All of them are in /p/import-report.csv.');
  await table.get('input').setValue('CUT');
  expect(table.findAll('tbody tr')).toHaveLength(100);
  await table.get('input').setValue('photo-299');
  expect(table.findAll('.file').map((cell) => cell.text())).toEqual(['photo-299.jpg']);
  await table.get('input').setValue('nowhere');
  expect(table.get('tbody').text()).toBe('No problem matches.');
});

it('says in another language what it is by the code, and the words of the engine as what they are, English', () => {
  const [first] = shown({}, 'zh-CN').findAll('tbody tr');
  expect(first.findAll('.reason > div').map((line) => [line.text(), line.attributes('lang')])).toEqual([
    ['文件已损坏', undefined],
    ['cut, short', 'en'],
  ]);
});

it('is saved as CSV by a browser: what matches, all of it', async () => {
  let blob: Blob | null = null;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((given) => ((blob = given as Blob), 'blob:x'));
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    expect(this.download).toBe('birds-report.csv');
  });
  const table = shown();
  await table.get('input').setValue('cut');
  await table.get('button').trigger('click');
  expect(click).toHaveBeenCalledOnce();
  const lines = (await blob!.text()).split('\r\n');
  expect(lines.slice(0, 2)).toEqual(['file,id,code,reason,action', 'photo-0.jpg,,file-damaged,"cut, short",skipped']);
  expect(lines).toHaveLength(102);
});

it('is copied in the desktop app, which denies downloads', async () => {
  (window as { comask?: unknown }).comask = {};
  let copied = '';
  document.execCommand = vi.fn(() => {
    copied = document.querySelector('textarea')!.value;
    return true;
  });
  const table = shown();
  expect(table.get('button').text()).toBe('Copy as CSV');
  await table.get('button').trigger('click');
  expect(copied.split('\r\n')).toHaveLength(302);
  expect(document.querySelector('textarea')).toBeNull();
});

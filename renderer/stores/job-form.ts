import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api, type Job, type JobCheck, type JobRequest } from '../../shared/api/index.js';
import type { Language } from '../../shared/locales/index.js';
import { engine } from '../api/engine.js';
import { firstValues, hasPresets, hasSettings, requestFields, requestOf, settingGroupOf, type FormKind } from '../composables/runs/request-fields.js'; // prettier-ignore
import { changedValues, complaintOf, presetValues, schemasOf, type Complaint, type SettingGroup, type Values } from '../composables/runs/setting-form.js'; // prettier-ignore
import { useProject } from './project.js';

const RECOMMENDED = 'studio';

/** The form of a new job: what is asked for, what is wrong with it, and what the engine says about it beforehand. */
export const useJobForm = defineStore('job-form', () => {
  const project = useProject();
  const kind = ref<FormKind>('train');
  const values = ref<Values>({});
  const preset = ref(RECOMMENDED);
  /** Settings that the person has touched. */
  const chosen = ref<Values>({});
  const groups = shallowRef<SettingGroup[]>([]);
  const checks = shallowRef<JobCheck[] | null>(null);
  const checkError = shallowRef<unknown>(null);
  const error = shallowRef<unknown>(null);
  const busy = ref(false);
  let asked = 0;

  const group = computed(() => hasSettings(kind.value) ? groups.value.find((one) => one.group === settingGroupOf(kind.value)) : undefined); // prettier-ignore
  const fields = computed(() => requestFields(kind.value));
  /** Values of the preset under what is chosen, and all values as they will be. */
  const before = computed<Values>(() => (group.value ? presetValues(group.value, preset.value, chosen.value) : {}));
  const settings = computed<Values>(() => ({ ...before.value, ...chosen.value }));
  const changed = computed<Values>(() => (group.value ? changedValues(group.value, preset.value, chosen.value) : {}));

  /** What is wrong, by field; settings under `settings.` and their key. */
  const complaints = computed(() => {
    const found = new Map<string, Complaint>();
    for (const { key, required } of fields.value) {
      if (required && String(values.value[key] ?? '').trim() === '') found.set(key, { text: 'required' });
    }
    for (const [key, schema] of Object.entries(group.value ? schemasOf(group.value) : {})) {
      const complaint = complaintOf(settings.value[key], schema);
      if (complaint) found.set(`settings.${key}`, complaint);
    }
    return found;
  });
  const request = computed(() => requestOf(kind.value, values.value, preset.value, changed.value));

  /** Begins a form anew, with some values in it. */
  function begin(wanted: FormKind, given: Values = {}, from: { preset?: string; settings?: Values } = {}): void {
    kind.value = wanted;
    values.value = { ...firstValues(wanted), ...given };
    preset.value = hasPresets(wanted) ? (from.preset ?? RECOMMENDED) : RECOMMENDED;
    chosen.value = { ...from.settings };
    [checks.value, checkError.value, error.value] = [null, null, null];
  }
  async function load(language: Language): Promise<void> {
    try {
      groups.value = (await engine.call(api.settings.list, { query: { language } })).groups;
    } catch (reason) {
      error.value = reason;
    }
  }
  function set(key: string, value: unknown): void {
    chosen.value = { ...chosen.value, [key]: value };
  }
  /** Takes the preset's value again; without a key, all of them. */
  function reset(key?: string): void {
    chosen.value = key === undefined ? {} : Object.fromEntries(Object.entries(chosen.value).filter(([other]) => other !== key)); // prettier-ignore
  }
  /** Asks the engine what the job would meet. The answer to an earlier request is dropped. */
  async function check(): Promise<void> {
    const mine = ++asked;
    if (complaints.value.size > 0) return void (checks.value = null);
    try {
      const found = await engine.call(api.jobs.check, { params: { project: project.key }, body: request.value });
      if (mine === asked) [checks.value, checkError.value] = [found.checks, null];
    } catch (reason) {
      if (mine === asked) [checks.value, checkError.value] = [null, reason];
    }
  }
  /** Puts the job into the queue; null where the engine says something against it, which stands in `error`. */
  async function start(body: JobRequest = request.value): Promise<Job | null> {
    busy.value = true;
    error.value = null;
    try {
      return await engine.call(api.jobs.add, { params: { project: project.key }, body });
    } catch (reason) {
      error.value = reason;
      return null;
    } finally {
      busy.value = false;
    }
  }

  return { kind, values, preset, chosen, groups, group, fields, before, settings, changed, complaints, request, checks, checkError, error, busy, begin, load, set, reset, check, start }; // prettier-ignore
});

import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { api, type AnswerOf, type CacheName, type DoctorAnswer } from '../../shared/api/index.js';
import type { Device, MachineSettings } from '../../shared/machine-settings.js';
import { engine } from '../api/engine.js';

type Runtimes = AnswerOf<typeof api.machine.runtimes>;
type Weights = AnswerOf<typeof api.machine.weights>;
type Caches = AnswerOf<typeof api.machine.caches>;

/** The machine that the engine runs on: its settings, runtimes and caches. All of it throws what the engine says. */
export const useMachine = defineStore('machine', () => {
  const { machine } = api;
  const settings = shallowRef<MachineSettings | null>(null);
  const runtimes = shallowRef<Runtimes | null>(null);
  const weights = shallowRef<Weights | null>(null);
  const caches = shallowRef<Caches | null>(null);
  const report = shallowRef<DoctorAnswer | null>(null);
  const installing = computed(() => runtimes.value?.installation?.state === 'running');

  const fetching = computed(() => weights.value?.download?.state === 'running');

  async function loadSettings(): Promise<void> {
    settings.value = await engine.call(machine.settings, {});
  }
  async function change(part: Partial<MachineSettings>): Promise<void> {
    settings.value = await engine.call(machine.change, { body: part });
  }
  async function loadRuntimes(): Promise<void> {
    runtimes.value = await engine.call(machine.runtimes, {});
  }
  async function loadCaches(): Promise<void> {
    caches.value = await engine.call(machine.caches, {});
  }
  async function clear(cache: CacheName): Promise<void> {
    caches.value = await engine.call(machine.clear, { params: { cache } });
  }
  async function install(device: Device, force: boolean): Promise<void> {
    await engine.call(machine.install, { params: { device }, body: { force } });
    await loadRuntimes();
  }
  async function cancelInstall(): Promise<void> {
    await engine.call(machine.cancelInstall, {});
    await loadRuntimes();
  }
  async function loadWeights(): Promise<void> {
    weights.value = await engine.call(machine.weights, {});
  }
  async function fetchWeights(name: string): Promise<void> {
    await engine.call(machine.fetchWeights, { params: { name } });
    await loadWeights();
  }
  async function cancelFetch(): Promise<void> {
    await engine.call(machine.cancelFetch, {});
    await loadWeights();
  }
  /** Looks at the machine anew, which takes some seconds. */
  async function examine(): Promise<void> {
    report.value = await engine.call(machine.doctor, {});
  }

  return { settings, runtimes, weights, caches, report, installing, fetching, loadSettings, change, loadRuntimes, loadWeights, loadCaches, clear, install, cancelInstall, fetchWeights, cancelFetch, examine }; // prettier-ignore
});

import manifest from '../../../../package.json' with { type: 'json' };
import { examine, type DoctorReport } from '../../learn/runtime/doctor.js';
import { thisMachine } from '../../learn/runtime/places.js';

/** What `comask doctor` finds. Each runtime is loaded in a process of its own. Throws nothing but `interrupted`. */
export const examineMachine = (signal: AbortSignal): Promise<DoctorReport> =>
  examine(thisMachine(), { comask: manifest.version, signal });

import { createClient } from '../../shared/api/index.js';

/** The engine that this page came from. The browser's cookie says who asks. */
export const engine = createClient((url, init) => fetch(url, init));

import { resolve } from 'node:path';
import { exportSettings } from '../../../../../shared/settings/index.js';
import { exportFormat } from '../../../services/export.js';
import { withInputs, type Kind } from '../kind.js';

/** Masks for other programs; with `overwrite` an earlier export is removed once, at the first start. */
export const exportKind: Kind<'export'> = {
  lane: 'side',
  plan({ root }, { kind: _kind, settings, ...request }) {
    exportFormat(request.format);
    const inputs = { project: root, request: { ...request, to: resolve(request.to) } };
    return { inputs, settings: exportSettings.resolve(settings) };
  },
  again: (_project, { plan, begun }) =>
    begun ? withInputs(plan, { request: { ...(plan.inputs.request as object), overwrite: false } }) : plan,
  needs: ({ masks, of = 'masks' }) => [{ kind: of, name: masks }],
};

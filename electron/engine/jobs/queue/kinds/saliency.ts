import { typedSaliency } from '../../../services/saliency-settings.js';
import { withInputs, type Kind } from '../kind.js';

/** Saliency maps. They take every core; with `overwrite` the maps of before are thrown away once, at the first start. */
export const saliencyKind: Kind<'saliency'> = {
  lane: 'device',
  plan({ root, paths }, { saliency: name, split, domain, overwrite, settings }) {
    paths.saliency(name);
    return {
      inputs: { project: root, request: { name, split, domain, overwrite } },
      settings: typedSaliency(settings),
    };
  },
  again: (_project, { plan, begun }) =>
    begun ? withInputs(plan, { request: { ...(plan.inputs.request as object), overwrite: false } }) : plan,
  makes: ({ saliency }) => [{ kind: 'saliency', name: saliency }],
};

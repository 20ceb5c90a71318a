import { definePreset } from '@primeuix/themes';
import Aura from '@primeuix/themes/aura';

/** Greys without a tint, for photos are judged against them. */
const grey = Object.fromEntries(
  [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950].map((step) => [step, `{neutral.${step}}`]),
);

/** The one accent. */
const accent = Object.fromEntries(
  [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950].map((step) => [step, `{blue.${step}}`]),
);

const focusRing = { width: '2px', style: 'solid', color: '{primary.color}', offset: '1px', shadow: 'none' };

/**
 * The look of PrimeVue's parts, in one place. The parts measure in rem, and a rem is 13 px (base.css): that alone makes
 * them compact.
 */
export const preset = definePreset(Aura, {
  semantic: {
    primary: accent,
    focusRing,
    transitionDuration: '0.12s',
    formField: { paddingX: '0.6rem', paddingY: '0.35rem', borderRadius: '{border.radius.sm}', focusRing },
    list: { option: { padding: '0.35rem 0.6rem' } },
    colorScheme: {
      light: {
        surface: { 0: '#ffffff', ...grey },
        primary: { color: '{primary.700}', contrastColor: '#ffffff', hoverColor: '{primary.800}', activeColor: '{primary.900}' }, // prettier-ignore
        text: { color: '{surface.900}', mutedColor: '{surface.600}', hoverMutedColor: '{surface.700}' },
        formField: { placeholderColor: '{surface.500}', borderColor: '{surface.400}' },
      },
      dark: {
        surface: { 0: '#ffffff', ...grey },
        primary: { color: '{primary.400}', contrastColor: '#0a0a0a', hoverColor: '{primary.300}', activeColor: '{primary.200}' }, // prettier-ignore
        text: { color: '{surface.100}', mutedColor: '{surface.400}', hoverMutedColor: '{surface.300}' },
        formField: { background: '{surface.900}', borderColor: '{surface.600}', placeholderColor: '{surface.400}' },
      },
    },
  },
  components: {
    button: {
      root: { paddingX: '0.75rem', paddingY: '0.35rem', borderRadius: '{border.radius.sm}' },
      colorScheme: {
        light: { outlined: { secondary: { color: '{surface.700}', borderColor: '{surface.400}' } } },
        dark: { outlined: { secondary: { color: '{surface.300}', borderColor: '{surface.600}' } } },
      },
    },
    dialog: { header: { padding: '1rem 1.25rem 0.5rem' }, content: { padding: '0 1.25rem 1.25rem' } },
    togglebutton: {
      colorScheme: {
        light: { root: { color: '{surface.700}', hoverColor: '{surface.900}' } },
        dark: { root: { color: '{surface.300}', hoverColor: '{surface.100}' } },
      },
    },
  },
});

import { useI18n } from 'vue-i18n';

/** Figures of 0 to 1 as the language writes them, three decimals. */
export function useFigures() {
  const { locale } = useI18n();
  const digits = { minimumFractionDigits: 3, maximumFractionDigits: 3 } as const;
  const figure = (value: number | null): string =>
    value === null ? '–' : new Intl.NumberFormat(locale.value, digits).format(value);
  /** With its sign: `+0.031`. */
  const change = (value: number | null): string =>
    value === null ? '–' : new Intl.NumberFormat(locale.value, { ...digits, signDisplay: 'exceptZero' }).format(value);
  /** A share in percent; one that is too small for its decimal is not called nothing. */
  const share = (value: number): string =>
    new Intl.NumberFormat(locale.value, {
      style: 'percent',
      maximumFractionDigits: value > 0 && value < 0.1 ? 1 : 0,
    }).format(value);
  return { figure, change, share };
}

import { useI18n } from 'vue-i18n';

/** Seconds of a minute and of an hour. */
const [MINUTE, HOUR] = [60, 3600];
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Numbers and times as the language writes them. */
export function useFormat() {
  const { locale, t } = useI18n();
  const number = (value: number): string => new Intl.NumberFormat(locale.value).format(value);
  const percent = (value: number): string =>
    new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }).format(value);
  /** With two places behind the point. */
  const share = (value: number): string =>
    new Intl.NumberFormat(locale.value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  /** Rounded: "3 min", "2 h 5 min". */
  function duration(seconds: number): string {
    if (seconds < MINUTE) return t('time.seconds', { n: Math.max(1, Math.round(seconds)) });
    const minutes = Math.round(seconds / MINUTE);
    if (seconds < HOUR) return t('time.minutes', { n: minutes });
    return t('time.hours', { h: Math.floor(minutes / MINUTE), m: minutes % MINUTE });
  }
  /** In the unit that leaves one to three digits before the point: "1.2 GB", "274 MB". */
  function bytes(count: number): string {
    const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
    const value = count / 1000 ** power;
    const options = { style: 'unit', unit: units[power], maximumFractionDigits: value < 10 ? 1 : 0 } as const;
    return new Intl.NumberFormat(locale.value, options).format(value);
  }
  const date = (time: string): string => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(new Date(time)); // prettier-ignore
  return { number, percent, share, duration, bytes, date };
}

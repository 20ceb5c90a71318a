import { stageText } from '../../shared/locales/stage.js';
import { stageKey, type OnProgress, type Progress } from '../../shared/progress.js';

export interface ProgressPrinter {
  onProgress: OnProgress;
  line(text: string): void;
  warn(text: string): void;
  stop(): void;
}

/** Seconds between plain lines where stderr is no terminal: a log file stays readable over hours. */
const PLAIN_LINE_SECONDS = 10;

/** `1:05:09` or `5:09`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** One line: `epoch 2 of 15  40/94 steps  12.1 images/s  3:10 left  loss 0.512`. */
export function progressLine(progress: Progress): string {
  const { done, total, unit, rate, secondsLeft, values } = progress;
  const figures = Object.entries(values ?? {}).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
  return [
    stageText(progress),
    `${done}/${total} ${unit}`,
    rate === undefined ? '' : `${rate.toPrecision(3)} ${unit}/s`,
    secondsLeft === undefined ? '' : `${duration(secondsLeft)} left`,
    ...figures,
  ]
    .filter(Boolean)
    .join('  ');
}

/** Draws progress on stderr: one line redrawn on a terminal, a plain line now and then elsewhere. */
export function progressPrinter({ quiet }: { quiet: boolean }): ProgressPrinter {
  const terminal = Boolean(process.stderr.isTTY);
  let drawn = false;
  let lastStage = '';
  let lastTime = 0;
  const clear = (): void => {
    if (drawn) process.stderr.write('\r\u001b[K');
    drawn = false;
  };
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    onProgress(progress) {
      if (quiet) return;
      const line = progressLine(progress);
      if (terminal) {
        process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 100) - 1)}`);
        drawn = true;
        return;
      }
      const now = Date.now();
      const stage = stageKey(progress);
      if (stage === lastStage && now - lastTime < PLAIN_LINE_SECONDS * 1000 && progress.done < progress.total) return;
      lastStage = stage;
      lastTime = now;
      process.stderr.write(`${line}\n`);
    },
    line: (text) => write(process.stdout, text),
    warn: (text) => write(process.stderr, text),
    stop: clear,
  };
}

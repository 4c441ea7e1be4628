import cliProgress from "cli-progress";
import { countText } from "./number-text.ts";

/** A line on stderr with rows done, rows a second and the time left. */
export interface Progress {
  advance(rowsDone: number): void;
  stop(): void;
}

/** Starts the progress line of a sweep of `rows` rows. */
export function startProgress(rows: number): Progress {
  const started = performance.now();
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage}% | {done} of {rows} rows | {speed} rows/s | {left} left",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const payload = (done: number) => {
    const perSecond = (done / (performance.now() - started)) * 1000;
    return {
      done: countText(done),
      rows: countText(rows),
      speed: done === 0 ? "–" : countText(perSecond),
      left: done === 0 ? "?" : timeText((rows - done) / perSecond),
    };
  };
  bar.start(rows, 0, payload(0));
  return {
    advance: (done) => bar.update(done, payload(done)),
    stop: () => bar.stop(),
  };
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

import cliProgress from "cli-progress";
import { countText } from "./number-text.ts";
import { stderr } from "./stderr.ts";

/** A line on stderr with rows done, rows a second and the time left. */
export interface Progress {
  /** `rowsDone` are done by now; `resumed` more of them in an earlier run, which tells no speed. */
  readonly advance: (rowsDone: number, resumed?: number) => void;
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
    stream: stderr(),
    clearOnComplete: true,
    hideCursor: true,
  });
  let done = 0;
  let earlier = 0;
  const payload = () => {
    const now = done - earlier;
    const perSecond = (now / (performance.now() - started)) * 1000;
    return {
      done: countText(done),
      rows: countText(rows),
      speed: now === 0 ? "–" : countText(perSecond),
      left: now === 0 ? "?" : timeText((rows - done) / perSecond),
    };
  };
  bar.start(rows, 0, payload());
  return {
    advance(rowsDone, resumed = 0) {
      done = rowsDone;
      earlier += resumed;
      bar.update(done, payload());
    },
    stop: () => bar.stop(),
  };
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
